"""What follows from the results, by when, how it ended; and the end of a visit."""

from __future__ import annotations

from datetime import date

from casework.actions import At, step
from casework.actions.hearing import scanned
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, at_field
from credit_platform.workdays.queries import calendar
from supervision.inspections.visits.actions.drawn import moved
from supervision.inspections.visits.actions.record import enter_result
from supervision.inspections.visits.models import FollowUp, VisitItem
from supervision.inspections.visits.rules import follow_ups as rules
from supervision.inspections.visits.rules.follow_ups import FOLLOWS, NEXT, Outcome, Stage
from supervision.inspections.visits.rules.procedure import VISIT


def follow(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Begin what follows from each result that was a problem; the days are counted from here (that of an entry as abnormal from the review).

    Clerks and reviewers of the authority, from PUBLISHED. Refused when nothing follows.
    """
    with step(VISIT, case, "follow", by=by, on=on, version=version) as at:
        problems = [each for each in at.own.items.all() if each.as_result in FOLLOWS]
        at.refuse([] if problems else [at_field("visit.nothing", "on", "没有需要后续处理的结果，请直接办结。")])
        for item in problems:
            stage = FOLLOWS[item.as_result]
            start = at.case.decided_on if stage is Stage.LISTING and at.case.decided_on else at.on
            _open(at, item, stage, start)
        _due(at)
        moved(at)
    return at.case


def settle(
    case: Case,
    *,
    follow_up: FollowUp,
    outcome: str,
    document: str = "",
    note: str = "",
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """One follow-up ends: how, with its paper. An order that was not obeyed opens the next one, from the day after its last day.

    Clerks and reviewers of the authority, from FOLLOW_UP. Refused for an end that does not fit, and before the last day is over.
    """
    with step(VISIT, case, "settle", by=by, on=on, version=version) as at:
        row = FollowUp.objects.select_for_update().select_related("item").get(pk=follow_up.pk, visit=at.own)
        if row.ended_on is not None:
            raise Conflict("visit.settled", "这一项后续处理已经登记结果。")
        against = rules.against_end(row.kind, outcome, document, until=row.due_on, on=at.on)
        at.refuse([*against, *scanned(document=document, note=note)])
        row.outcome, row.document, row.note, row.ended_on = outcome, document.strip(), note.strip(), at.on
        row.save(update_fields=["outcome", "document", "note", "ended_on"])
        at.detail |= {"follow_up": row.pk, "stage": row.stage, "outcome": outcome}
        if outcome == Outcome.UNCORRECTED:
            _open(at, row.item, NEXT[row.kind], row.due_on)
        _due(at)
    return at.case


def close(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The visit is over. Clerks and reviewers of the authority. From PUBLISHED when nothing follows, from FOLLOW_UP when everything has ended.

    What followed is corrected in the record; the public page shows it when another person has confirmed the correction.
    Refused while something is open.
    """
    with step(VISIT, case, "close", by=by, on=on, version=version) as at:
        waiting = at.own.open_follow_ups()
        begun = at.own.follow_ups.exists()
        unhandled = not begun and any(each.as_result in FOLLOWS for each in at.own.items.all())
        if waiting or unhandled:
            words = f"还有{len(waiting)}项后续处理没有结果，不能办结。" if waiting else "发现问题的，请先开始后续处理。"
            at.refuse([at_field("visit.waiting", "on", words)])
        at.refuse([])
        if begun and at.case.record is not None:
            enter_result(at.own, by=by, again=True)
        at.case.closed_why = "后续处理完毕。" if begun else "没有需要后续处理的问题。"
        moved(at)
    return at.case


def _open(at: At, item: VisitItem, stage: Stage, start: date) -> None:
    days = days_of(VISIT, stage, on=at.on, otherwise=rules.DAYS[stage].days)
    until = rules.due(stage, days, start=start, calendar=calendar())
    FollowUp.objects.get_or_create(
        item=item, stage=stage.value, defaults={"visit": at.own, "opened_on": at.on, "due_on": until}
    )


def _due(at: At) -> None:
    """The case falls due with the earliest of what is open."""
    waiting = at.own.open_follow_ups()
    if waiting:
        at.due(max(0, calendar().workdays_between(at.on, waiting[0].due_on)))
