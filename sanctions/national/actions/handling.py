"""分办, 核查, 审核: from the credit office to the department that can verify, and back with a finding that a second person approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions import At, attach, step
from casework.actions.attachments import subject_ref
from casework.models import Case
from casework.queries.clocks import days_of
from casework.rules.attachments import AttachedFile
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import at_field, required
from credit_platform.workdays.queries import calendar
from records.identifiers import personal
from sanctions.national import rules
from sanctions.national.models import NationalEvent
from sanctions.national.rules import EVENT, Stage
from sanctions.national.sealed_places import PERSON


def assign(case: Case, *, department: Department, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Give an event to the department that can verify it. Credit office, from RECEIVED or ASSIGNED (to another one).

    The days of verification are those of the profile, fewer where the national system wants its answer earlier.
    """
    with step(EVENT, case, "assign", by=by, on=on, version=version) as at:
        gone = department.valid_until is not None and department.valid_until < at.on
        against = [at_field("event.department", "department", "该单位已经撤销，请分给承接单位。")] if gone else []
        if department.is_external:
            against.append(at_field("event.department", "department", "只能分给本市单位。"))
        at.refuse(against)
        at.case.department, at.own.returned_why = department, ""
        at.due(_verification_days(at))
    return at.case


def _verification_days(at: At) -> int:
    days = days_of(EVENT, Stage.VERIFYING, on=at.on, otherwise=rules.DAYS[Stage.VERIFYING])
    wanted = at.own.answer_by
    if wanted is None:
        return days
    count = calendar()
    return next((n for n in range(days + 1) if count.due_on(at.on, n + 1) > wanted), days)


def give_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The department says why it cannot verify an event; it is the credit office's to assign again. From ASSIGNED."""
    with step(EVENT, case, "give_back", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明退回的理由。", rule="event.reason", most=500))
        at.case.department, at.own.returned_why = at.own.office, reason.strip()
        at.reason = reason.strip()
        at.due(days_of(EVENT, Stage.ASSIGNING, on=at.on, otherwise=rules.DAYS[Stage.ASSIGNING]))
    return at.case


def verify(
    case: Case,
    *,
    result: str,
    statement: str,
    settled_on: date | None = None,
    evidence: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """What was found, how, with evidence where it contradicts the event. Clerks and reviewers of the department, from ASSIGNED.

    `result` is one of 属实, 不属实, 非本市主体, 已修复 (with its day). Who verifies does not approve. Refused with all findings.
    """
    with step(EVENT, case, "verify", by=by, on=on, version=version) as at:
        files = len(evidence) + at.case.attachments.filter(role="evidence").count()
        against = list(
            rules.against_answer(
                result, statement=statement, files=files, settled_on=settled_on, today=timezone.localdate()
            )
        )
        at.refuse([*against, *personal.findings(statement, field="statement")])
        at.own.result, at.own.statement, at.own.settled_on = result, statement.strip(), settled_on
        at.own.verified_on, at.case.drafted_by = at.on, by
        at.detail["files"] = len(attach(at.case, evidence, role="evidence", by=by))
        at.due(days_of(EVENT, Stage.APPROVING, on=at.on, otherwise=rules.DAYS[Stage.APPROVING]))
    return at.case


def approve(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A second person of the department stands for the finding; it goes to the credit office to be sent. Reviewers, from VERIFIED."""
    with step(EVENT, case, "approve", by=by, on=on, version=version) as at:
        at.case.decided_by, at.case.decided_on = by, at.on
        at.due(days_of(EVENT, Stage.DISPATCHING, on=at.on, otherwise=rules.DAYS[Stage.DISPATCHING]))
    return at.case


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A reviewer wants the finding mended. From VERIFIED. Refused without a reason."""
    with step(EVENT, case, "send_back", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明需要补充核查的内容。", rule="event.reason", most=500))
        at.reason = at.own.returned_why = reason.strip()
        at.due(_verification_days(at))
    return at.case


def person_number(event: NationalEvent, *, by: User, purpose: str) -> str:
    """The person's number of an event, in clear for who handles it; the look is registered first. "" when the event has none."""
    case = event.case
    with acting(by):
        policy.require(by, rules.VERIFY, case.department)
        audit.look(
            "sanctions.national.person",
            by=by,
            subject_ref=subject_ref(case.subject, case.number),
            purpose=purpose,
            fields="证件号码",
            results=int(bool(event.id_number)),
            unit_id=case.department_id,
        )
    return sealing.decrypt(bytes(event.id_number), sealing.place(PERSON, event.pk)).decode() if event.id_number else ""
