"""One looks again and answers the questions, another confirms, and what was wrong is put right in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.actions.hearing import scanned
from casework.actions.step import step
from casework.models import Case
from credit_platform.accounts.models import Department, User
from credit_platform.errors import Forbidden, required
from reinspections import rules
from reinspections.actions.correcting import correct
from reinspections.models import ReinspectionCase
from reinspections.rules import REINSPECTION, Result


def inspect(
    case: Case,
    *,
    answers: Mapping[str, str],
    result: Result | str,
    remarks: str,
    by: User,
    responsible: Department | None = None,
    fault: str = "",
    performed_on: date | None = None,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Look again at a repair: every question answered, and what came of it. Credit office, never who reviewed or decided the repair, from DRAWN.

    Refused without an answer to each question, where result and answers do not agree, and for a fault without its unit and description.
    """
    with step(REINSPECTION, case, "inspect", by=by, on=on, version=version) as at:
        own: ReinspectionCase = at.own
        _apart(own, by)
        found = Result(result)
        at.refuse(
            [
                *rules.against_answers(answers, found, granted=own.repair.granted_on is not None),
                *rules.against_fault(found, responsible=responsible, fault=fault, performed_on=performed_on, on=at.on),
                *required(remarks, "remarks", "请写明复核情况。", rule="reinspection.remarks", most=2000),
                *scanned(remarks=remarks, fault=fault),
            ]
        )
        own.answers = {code: answers[code] for code in rules.QUESTIONS}
        own.result, own.remarks = found.value, remarks.strip()
        is_fault = found is not Result.SOUND
        own.responsible, own.fault = (responsible, fault.strip()) if is_fault else (None, "")
        own.performed_on = performed_on if found is Result.MISSED else None
        at.case.drafted_by = by
        at.due(rules.DAYS)
    return at.case


def confirm(case: Case, *, opinion: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Confirm a result and put right what was wrong: a wrong repair is shown again to its original last day, a missed one ends at once. Credit
    office, never who inspected, nor who reviewed or decided the repair, from INSPECTED. What refuses the correction undoes the confirmation."""
    with step(REINSPECTION, case, "confirm", by=by, on=on, version=version) as at:
        _apart(at.own, by)
        at.refuse(required(opinion, "opinion", "请写明确认意见。", rule="reinspection.opinion", most=500))
        at.case.decided_by, at.case.decided_on = by, at.on
        at.case.closed_why = at.reason = opinion.strip()
        at.basis = rules.ARTICLE
        correct(at, by=by)
    return at.case


def deny(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """It is to be looked at anew. Credit office, never who inspected, nor who handled the repair, from INSPECTED. Refused without a reason."""
    with step(REINSPECTION, case, "deny", by=by, on=on, version=version) as at:
        _apart(at.own, by)
        at.refuse(required(reason, "reason", "请写明需要重新核对的内容。", rule="reinspection.reason", most=500))
        at.reason = reason.strip()
        at.own.result = ""
        at.own.responsible, at.own.fault, at.own.performed_on = None, "", None
        at.due(rules.DAYS)
    return at.case


def _apart(own: ReinspectionCase, by: User) -> None:
    """Who handled the repair does not judge it."""
    repair = own.repair
    if by.pk in (repair.reviewed_by_id, repair.decided_by_id, repair.accepted_by_id):
        raise Forbidden("reinspection.oneself", "办理过该信用修复的人员不能复核。", mend="请由没有参与办理的人员复核。")
