"""A visit is approved and announced, or cannot take place."""

from __future__ import annotations

from datetime import date

from casework.actions import step
from casework.actions.hearing import scanned
from casework.actions.notices import tell_subject
from casework.models import Case
from credit_platform.accounts.models import User
from credit_platform.errors import at_field, required
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules.days import chinese
from supervision.inspections.plans.rules.states import SKIP_LABELS, Skip
from supervision.inspections.visits.actions.drawn import moved
from supervision.inspections.visits.rules import procedure as rules
from supervision.inspections.visits.rules.procedure import VISIT


def notify(
    case: Case,
    *,
    approval_number: str,
    notice_number: str,
    notice: str,
    planned_on: date,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Approve a visit and announce it: 审批表, 通知书 with the cap of the year and the right to ask for recusal, the day.

    Reviewers of the authority, never who opened the case. From ASSIGNED. Refused with all findings. The case falls due on the planned day.
    """
    with step(VISIT, case, "notify", by=by, on=on, version=version) as at:
        papers = {"approval_number": approval_number, "notice_number": notice_number}
        at.refuse([*rules.against_notice(notice, planned_on=planned_on, on=at.on, **papers), *scanned(notice=notice)])
        own = at.own
        own.approval_number, own.notice_number = approval_number.strip(), notice_number.strip()
        own.notice, own.notified_on, own.planned_on = notice.strip(), at.on, planned_on
        at.due(max(0, calendar().workdays_between(at.on, planned_on)))
        at.basis = rules.ARTICLE
        tell_subject(at.case, kind="notify", text=f"{chinese(planned_on)}检查，检查开始前可以申请回避。", on=at.on)
        moved(at)
    return at.case


def skip(
    case: Case, *, reason: str, evidence: str, by: User, on: date | None = None, version: str | None = None
) -> Case:
    """The visit cannot take place: why (`Skip`), with the evidence. Clerks and reviewers of the authority, before results are entered."""
    with step(VISIT, case, "skip", by=by, on=on, version=version) as at:
        found = list(required(evidence, "evidence", "请写明证明材料和说明。", rule="visit.evidence", most=500))
        if reason not in set(Skip):
            found.append(at_field("visit.reason", "reason", "请选择不能检查的原因。"))
        at.refuse([*found, *scanned(evidence=evidence)])
        at.own.skip_reason, at.own.skip_evidence = reason, evidence.strip()
        at.case.closed_why = at.reason = SKIP_LABELS[Skip(reason)]
        moved(at)
    return at.case
