"""The verbs of 整改 and 约谈, each one step of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from casework.actions import At, hearing, open_case, step, verbs
from casework.actions.attachments import attach
from casework.actions.hearing import scanned
from casework.actions.outcomes import take_back
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse, required
from credit_platform.workdays.queries import calendar
from records.models import CreditRecord
from records.rules import RecordStatus
from sanctions.corrections import rules
from sanctions.corrections.models import CorrectionCase
from sanctions.corrections.queries import talk_now
from sanctions.corrections.record import enter_talk
from sanctions.corrections.rules import CORRECTION


def open_correction(found: CreditRecord, *, facts: str, demands: str, by: User, on: date | None = None) -> Case:
    """Begin a case on a record that the department brought: who found it urges, and talks (谁认定、谁约谈).

    Clerks and reviewers of the department that brought the record. Refused for a record that says nothing of correcting, for natural persons,
    without facts and demands; Conflict while a case on the record is open, or when the record was revoked.
    """
    with acting(by):
        record = (
            CreditRecord.objects.select_for_update(of=("self",))
            .select_related("subject", "source_department")
            .get(pk=found.pk)
        )
        policy.require(by, rules.HANDLE, record.source_department)
        subject = record.subject
        against = rules.against_opening(record.kind, has_code=bool(subject.code), facts=facts, demands=demands)
        refuse([*against, *scanned(facts=facts, demands=demands)])
        if record.status != RecordStatus.ACTIVE:
            raise Conflict("correction.revoked", "该信息已经撤销，不能责令整改。")
        if CorrectionCase.objects.filter(found=record, is_open=True).exists():
            raise Conflict("correction.open", "该信息已有办理中的整改事项。", mend="请在“整改和约谈”中查看。")
        own = {"found": record, "facts": facts.strip(), "demands": demands.strip()}
        return open_case(CORRECTION, subject=subject, department=record.source_department, by=by, on=on, own=own)


def order(
    case: Case,
    *,
    notice: str,
    days: int,
    order_number: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Sign the order: what is to be corrected within `days` working days. Reviewers, never who drafted it. From DRAFTED."""
    with step(CORRECTION, case, "order", by=by, on=on, version=version) as at:
        number = required(order_number, "order_number", "请填写责令整改文书号。", rule="correction.number", most=128)
        hearing.notify(at, notice=notice, days=days, against=[*rules.against_days(days), *number])
        at.own.order_number, at.basis = order_number.strip(), rules.ARTICLE
    return at.case


serve = partial(verbs.serve, CORRECTION)
"""The order reached the subject; the days to correct run from the day after. Clerks and reviewers, from ORDERED."""
respond = partial(verbs.respond, CORRECTION)
"""The company reports what it has corrected, or why not, online, once, until the last day. From SERVED."""


def passed(
    case: Case,
    *,
    recheck: str,
    by: User,
    on: date | None = None,
    evidence: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """Looked at again: it is corrected. Clerks and reviewers, from SERVED and FAILING; the case ends, and nothing of it weighs on anybody."""
    with step(CORRECTION, case, "pass", by=by, on=on, version=version) as at:
        _recheck(at, recheck, evidence)
    return at.case


def failed(
    case: Case,
    *,
    recheck: str,
    by: User,
    on: date | None = None,
    evidence: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """Looked at again after the last day: it is not corrected. Clerks and reviewers, from SERVED. Refused on the last day and before."""
    with step(CORRECTION, case, "fail", by=by, on=on, version=version) as at:
        at.refuse(rules.against_failing(at.hearing.until, at.on))
        _recheck(at, recheck, evidence)
    return at.case


def _recheck(at: At, recheck: str, evidence: Sequence[AttachedFile]) -> None:
    found = required(recheck, "recheck", "请写明复查情况。", rule="correction.recheck", most=2000)
    at.refuse([*found, *scanned(recheck=recheck)])
    at.own.recheck, at.own.rechecked_on = recheck.strip(), at.on
    attach(at.case, evidence, role="evidence", by=at.by)


def invite(
    case: Case,
    *,
    document_number: str,
    talk_on: date,
    talk_at: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Call the subject to a talk: a reminder or a warning, as the rules say. Reviewers, never who drafted the case. From FAILING."""
    with step(CORRECTION, case, "invite", by=by, on=on, version=version) as at:
        place = required(talk_at, "talk_at", "请填写约谈地点。", rule="correction.place", most=200)
        against = [*rules.against_talk_day(talk_on, invited_on=at.on), *place]
        hearing.decide(at, document_number=document_number, against=against)
        at.own.kind = talk_now(at.case, at.on).value
        at.own.talk_on, at.own.talk_at, at.basis = talk_on, talk_at.strip(), rules.ARTICLE
        at.due(max(1, calendar().workdays_between(at.on, talk_on)))
    return at.case


def absent(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The subject did not come: noted, and it may be called again. Clerks and reviewers, from INVITED. Refused before the day of the talk."""
    with step(CORRECTION, case, "absent", by=by, on=on, version=version) as at:
        late = [] if at.own.talk_on <= at.on else [at_field("correction.talk-day", "on", "约谈日期还没有到。")]
        at.refuse([*late, *required(reason, "reason", "请写明未到场的情况。", rule="correction.absent", most=500)])
        at.own.absences += 1
        at.reason = reason.strip()
    return at.case


def interview(
    case: Case,
    *,
    attended: str,
    minutes: str,
    promise: str,
    days: int,
    on: date,
    by: User,
    attachments: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """The talk was held: who came, its minutes, what was promised within `days` working days. Clerks and reviewers, from INVITED.

    In one transaction it enters the subject's credit record, shared inside. Refused without any of these, and without the signed minutes as a file.
    """
    with step(CORRECTION, case, "interview", by=by, on=on, version=version) as at:
        found = [
            *required(attended, "attended", "请填写到场人员及身份。", rule="correction.attended", most=300),
            *required(minutes, "minutes", "请填写约谈笔录。", rule="correction.minutes", most=8000),
            *required(promise, "promise", "请填写承诺整改的事项。", rule="correction.promise", most=2000),
            *rules.against_days(days),
            *([] if attachments else [at_field("correction.signed", "attachments", "请上传签字的约谈笔录。")]),
        ]
        at.refuse([*found, *scanned(attended=attended, minutes=minutes, promise=promise)])
        own = at.own
        own.talk_held_on, own.attended, own.minutes, own.promise = (
            at.on,
            attended.strip(),
            minutes.strip(),
            promise.strip(),
        )
        at.due(days)
        own.promised_by = at.case.due_on
        attach(at.case, attachments, role="minutes", by=by)
        at.case.record = enter_talk(own, by=by)
        at.basis = rules.ARTICLE
    return at.case


def settle(
    case: Case,
    *,
    recheck: str,
    by: User,
    on: date | None = None,
    evidence: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """Looked at again after the talk: it is corrected. Clerks and reviewers, from INTERVIEWED."""
    with step(CORRECTION, case, "settle", by=by, on=on, version=version) as at:
        _recheck(at, recheck, evidence)
    return at.case


def persist(
    case: Case,
    *,
    recheck: str,
    by: User,
    on: date | None = None,
    evidence: Sequence[AttachedFile] = (),
    version: str | None = None,
) -> Case:
    """Looked at again after the promised day: it is not corrected, and is passed on. Clerks and reviewers, from INTERVIEWED. Refused earlier."""
    with step(CORRECTION, case, "persist", by=by, on=on, version=version) as at:
        at.refuse(rules.against_failing(at.own.promised_by, at.on))
        _recheck(at, recheck, evidence)
    return at.case


dismiss = partial(verbs.close, CORRECTION, "dismiss", "请写明不予整改的理由。")
"""Nothing is to be corrected; the case ends and leaves nothing. Reviewers, never who drafted it."""


def annul(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The talk should not have been held: its record leaves the ledger in the same transaction. Reviewers, never who drafted the case."""
    with step(CORRECTION, case, "annul", by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, words="请写明撤销的理由。")
        take_back(at.case.record, reason=at.case.closed_why, public_note=at.case.closed_why, by=by, on=at.on)
    return at.case
