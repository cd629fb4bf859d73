"""A second person reviews what was entered, and it becomes public."""

from __future__ import annotations

from datetime import date

from casework.actions import At, step
from casework.actions.hearing import decide as decide_case
from casework.actions.hearing import scanned
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform.accounts.actors import OnBehalf
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden, required
from credit_platform.workdays.queries import calendar
from disclosure.actions.review import approve_and_publish, submit
from disclosure.models import Disclosure
from disclosure.rules.states import State
from supervision.inspections.visits.actions.drawn import moved
from supervision.inspections.visits.actions.record import enter_result
from supervision.inspections.visits.rules import procedure as rules
from supervision.inspections.visits.rules.follow_ups import DAYS, Stage, publish_by
from supervision.inspections.visits.rules.procedure import VISIT


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """What was entered is not enough: back to the inspectors, with what is missing. Reviewers, never who opened the case or entered the results."""
    with step(VISIT, case, "return", by=by, on=on, version=version) as at:
        _another(at, by)
        at.refuse(required(reason, "reason", "请写明需要补正的内容。", rule="visit.return", most=500))
        at.reason, at.own.entered_by, at.own.result = reason.strip(), None, ""
        at.own.ended_on = None
        moved(at)
    return at.case


def review(case: Case, *, document_number: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The results are right: the number of the result's paper. Reviewers, never who opened the case or entered the results. From ENTERED.

    Public 7 working days from here, 20 from the end of the visit at the latest (rows of 办理时限).
    """
    with step(VISIT, case, "review", by=by, on=on, version=version) as at:
        _another(at, by)
        decide_case(at, document_number=document_number, against=scanned(document_number=document_number))
        at.own.reviewed_by, at.basis = by, rules.ARTICLE
        stages = {
            each: days_of(VISIT, each, on=at.on, otherwise=DAYS[each].days) for each in (Stage.PUBLISH, Stage.ANNOUNCE)
        }
        until = publish_by(
            at.on,
            at.own.ended_on,
            publish=stages[Stage.PUBLISH],
            announce=stages[Stage.ANNOUNCE],
            calendar=calendar(),
        )
        at.due(max(0, calendar().workdays_between(at.on, until)))
        moved(at)
    return at.case


def publish(
    case: Case, *, by: User, on: date | None = None, confirmed: bool = False, version: str | None = None
) -> Case:
    """Enter the result in the ledger (XZJC) and show it to the public, in one transaction.

    Reviewers, never who opened the case or entered the results. From REVIEWED. `confirmed`: what the scanner of personal data or
    the checks of the standard doubt was looked at, and is published masked.
    Refused with all findings of the ledger and of the publication.
    """
    with step(VISIT, case, "publish", by=by, on=on, version=version) as at:
        _another(at, by)
        at.refuse([])
        at.case.record = enter_result(at.own, by=by)
        shown = Disclosure.objects.get(record=at.case.record)
        if shown.state == State.DRAFT:
            submit(shown, by=OnBehalf(by), on=at.on)
        if shown.state != State.EXEMPT:
            approve_and_publish(shown, by=by, on=at.on, confirm_masked=confirmed, confirm_doubts=confirmed)
        moved(at)
    return at.case


def _another(at: At, by: User) -> None:
    if at.own.entered_by_id == by.pk:
        raise Forbidden("visit.two_people", "填写检查结果的人不能审核和公示。", mend="请由本单位另一名审核员办理。")
