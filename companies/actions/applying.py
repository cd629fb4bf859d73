"""From an application to an account: applied for by anybody, confirmed or refused by a person who saw the papers."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from companies.actions.base import (
    locked,
    new_session_version,
    password_findings,
    require_other,
    required_reason,
    set_password,
    write,
)
from companies.actions.base import refuse as refuse_findings
from companies.models import CompanyAccount
from companies.queries import register_unit, subject_called
from companies.rules import (
    LAPSE_AFTER_DAYS,
    PAPERS,
    PENDING_AT_MOST,
    AccountState,
    application_findings,
    mask_mobile,
    next_state,
    papers_findings,
)
from companies.sealed_places import sealed_phone
from credit_platform.accounts import policy
from credit_platform.accounts.actions.passwords import keep_used
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused

LAPSED = "逾期未到窗口核验，申请已失效。"


def apply(
    *, code: str, name: str, handler: str, phone: str, login: str, password: str, staff: User | None = None
) -> CompanyAccount:
    """Apply for an account; anybody may, so nothing is opened by it. `staff`: who was signed in while applying, and may not confirm.

    `code` and `name` must be those of the register of subjects. Raises Refused with findings by field (register, login name,
    phone, password rules of staff); Conflict when too many applications of the subject wait. The phone is kept encrypted
    (个人信息保护法 art. 51). The audit names the applicant.
    """
    login, handler, phone = login.strip(), handler.strip(), phone.strip()
    with acting(SYSTEM):
        findings = application_findings(login=login, phone=phone, handler=handler)
        subject, told = subject_called(code, name)
        row = CompanyAccount(login=login, handler=handler, session_key=new_session_version(), receipt=_receipt())
        findings += [*told, *password_findings(password, row)]
        if login and CompanyAccount.objects.holding_login().filter(login__iexact=login).exists():
            findings.append(_taken())
        refuse_findings("company.application", findings)
        assert subject is not None
        if CompanyAccount.objects.filter(subject=subject, state=AccountState.APPLIED).count() >= PENDING_AT_MOST:
            raise Conflict(
                "company.pending",
                "该主体已有多份申请等待核验，暂不能再申请。",
                mend="请先携带材料到政务服务大厅信用窗口办理。",
            )
        row.applied_by = staff
        row.subject, row.phone, row.phone_masked = subject, sealed_phone(phone, row.receipt), mask_mobile(phone)
        set_password(row, password)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("company.application", _taken().text, findings=[_taken()]) from error
        keep_used(row)
        after = {"receipt": row.receipt, "handler": handler} | ({"applied_by": staff.pk} if staff else {})
        audit.record("companies.apply", row, by=row, after=after)
    return row


def confirm(account: CompanyAccount, *, by: User, papers: Collection[str]) -> CompanyAccount:
    """Open an account after having seen all papers of `rules.PAPERS`; windows and clerks of the registering authority may, never for themselves.

    Raises Refused naming the papers not seen, or when the subject may have no account any more; Conflict from any state but applied.
    """
    with acting(by):
        row = locked(account)
        policy.require(by, "companies.confirm", register_unit())
        require_other(row, by)
        state = next_state(row.state, "confirm")
        refuse_findings("company.papers", papers_findings(papers))
        if row.subject.kind == "person" or not row.subject.code:
            raise Refused("company.subject", "该主体没有统一社会信用代码，不能开通账户。")
        row.state, row.confirmed_by, row.confirmed_at = state.value, by, timezone.now()
        row.confirmed_at_department = by.department
        row.evidence = "、".join(PAPERS[paper].split("（")[0] for paper in PAPERS)
        write(row, "state", "confirmed_by", "confirmed_at", "confirmed_at_department", "evidence")
        audit.record("companies.confirm", row, by=by, after={"state": row.state, "evidence": row.evidence})
    return row


def refuse(account: CompanyAccount, *, by: User, reason: str) -> CompanyAccount:
    """Refuse an application with a reason that the applicant is told; Conflict from any state but applied."""
    with acting(by):
        row = locked(account)
        policy.require(by, "companies.confirm", register_unit())
        row.state = next_state(row.state, "refuse").value
        row.reason = required_reason(reason)
        write(row, "state", "reason")
        audit.record("companies.refuse", row, by=by, after={"state": row.state}, reason=row.reason)
    return row


def lapse(on: date, *, by: Actor = SYSTEM) -> int:
    """The sweep: applications older than `LAPSE_AFTER_DAYS` calendar days on a day lapse; how many did. Safe to run twice."""
    first = on - timedelta(days=LAPSE_AFTER_DAYS)
    moment = timezone.make_aware(datetime.combine(first, time.min))
    with acting(by):
        policy.require(by, "companies.lapse")
        rows = CompanyAccount.objects.lapsed_by(moment).select_for_update(skip_locked=True, of=("self",))
        members = []
        for row in rows:
            row.state = next_state(row.state, "lapse").value
            row.reason = LAPSED
            write(row, "state", "reason")
            members.append(row.pk)
        if members:
            audit.record("companies.lapse", by=by, members=members, after={"state": AccountState.LAPSED.value})
    return len(members)


def _taken() -> Finding:
    return Finding("company.login", Level.ERROR, "该登录名已被使用，请换一个。", field="login")


def _receipt() -> str:
    return f"ZH{timezone.localdate():%y%m%d}{secrets.randbelow(10**6):06d}"
