"""Asking at a window: the row is written and committed before anything is read for showing; what cannot be written is not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.looks import Particulars
from credit_platform.errors import Conflict, Finding, refuse
from lookups.actions.keeping import AtWindow, outcome_of
from lookups.models import Authorisation, Purpose, Query, ServiceWindow
from lookups.queries.targets import Target, paper_of
from lookups.rules import questions as rules
from lookups.rules.questions import Authority, Setting

ASK, WAY = "lookups.ask", "lookups.window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Why a visitor asks, by which right and for which case. `token` is that of the form: sent twice it is one query."""

    purpose: Purpose
    authority: Authority
    identity_seen: bool = False
    matter: str = ""
    case_number: str = ""
    visitor: str = ""
    authorisation: Authorisation | None = None
    window: ServiceWindow | None = None
    token: UUID | None = None


def ask(target: Target, visit: Visit, *, by: User) -> Query:
    """Register a query of what is known of `target`. Who: `lookups.ask` (window, credit office).

    Its row and the entry of the audit are one transaction of their own, committed before this answers. Refused with every finding at its
    field for what the purpose does not open (the row says so); Conflict when it cannot be registered: then nothing may be shown.
    Source: 哈政办规〔2020〕12号 no. 33; 征信业管理条例 art. 18, as model.
    """
    policy.require(by, ASK)
    today = timezone.localdate()
    found = _findings(target, visit, today)
    if found:
        visit = replace(visit, token=None)
    if visit.token and (before := _sent(visit.token, by)):
        return before
    try:
        query = _registered(target, visit, found, today, by)
    except IntegrityError as error:
        # The same form came twice at once: the other one's row is the query.
        if visit.token and (before := _sent(visit.token, by)):
            return before
        raise unregistered() from error
    except DatabaseError as error:
        raise unregistered() from error
    refuse(found)
    return query


def answered(query: Query, results: int) -> None:
    """Write down how many results there were: once, before they are shown. A second time changes nothing.

    Raises Conflict when it cannot be written: then nothing may be shown.
    """
    told = {"results": results, "outcome": outcome_of(results).value, "answered_at": timezone.now()}
    try:
        Query.objects.filter(pk=query.pk, outcome__isnull=True).update(**told)
    except DatabaseError as error:
        raise unregistered() from error


def unregistered() -> Conflict:
    """The refusal of a query that the register did not take."""
    return Conflict(
        "lookups.unregistered", "查询没有登记成功，不能显示结果。", mend="请稍后重试；仍不成功的，请联系系统管理员。"
    )


def _findings(target: Target, visit: Visit, on: date) -> list[Finding]:
    setting = Setting(
        visit.purpose.code, visit.authority, visit.identity_seen, visit.case_number, paper_of(visit.authorisation)
    )
    subject_id = target.subject.pk if target.subject else None
    return rules.against(visit.purpose.terms, setting, subject_id=subject_id, is_person=target.is_person, on=on)


def _registered(target: Target, visit: Visit, found: Sequence[Finding], on: date, by: User) -> Query:
    purpose = visit.purpose
    at = AtWindow(
        purpose=purpose,
        authority=visit.authority,
        authorisation=visit.authorisation,
        visitor=visit.visitor.strip(),
        window=visit.window,
        told_from=on + timedelta(days=purpose.delay_days) if purpose.delay_days else None,
        token=visit.token,
    )
    particulars = Particulars(
        subject_id=target.subject.pk if target.subject else None,
        number=target.number,
        case_number=visit.case_number.strip(),
        matter=visit.matter.strip(),
        answered=target.subject is None,
        refused="；".join(finding.text for finding in found),
        more=at,
    )
    with transaction.atomic(durable=True), acting(by):
        entry = audit.look(
            WAY,
            by=by,
            subject_ref=target.ref,
            purpose=purpose.name,
            fields=purpose.opens_text,
            unit_id=by.department_id,
            basis=visit.authorisation.number if visit.authorisation else "",
            particulars=particulars,
        )
        return Query.objects.get(entry=entry.pk)


def _sent(token: UUID, by: User) -> Query | None:
    return Query.objects.asked_by(by).filter(token=token).first()
