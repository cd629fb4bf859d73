"""A reconsideration or a lawsuit about what an item rests on: entered, marked, ended. The publication goes on meanwhile (行政处罚法 art. 73)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, at_field, refuse
from credit_platform.web.once import require_version
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from objections.actions.base import marked
from objections.models import Contest
from objections.rules.contests import ContestKind, against_beginning, against_end

MANAGE = "objections.contest"


def enter_contest(
    item: Disclosure, *, kind: ContestKind | str, body: str, number: str, begun_on: date, by: User
) -> Contest:
    """Enter one, by the notice of acceptance of who hears it; the item is marked in the same transaction.

    Clerks and reviewers of the department that provided the item, credit office. Refused with all findings, also for a number that the item has
    already. It says nothing of who is right, so one person does it.
    """
    with acting(by):
        row = Disclosure.objects.select_for_update(of=("self",)).select_related("source_department").get(pk=item.pk)
        policy.require(by, MANAGE, row.source_department)
        days = {"begun_on": begun_on, "decided_on": row.decided_on, "on": timezone.localdate()}
        found = list(against_beginning(body=body, number=number, **days))
        if Contest.objects.filter(disclosure=row, number=number.strip()).exists():
            found.append(at_field("contest.twice", "number", "该案号已经登记过。"))
        refuse(found)
        made = Contest.objects.create(
            disclosure=row,
            kind=ContestKind(kind).value,
            body=body.strip(),
            number=number.strip(),
            begun_on=begun_on,
            entered_by=by,
        )
        marked(row, put=(Mark.CONTESTED,), by=by, reason=made.number)
        after = {"kind": made.kind, "number": made.number, "begun_on": begun_on}
        audit.record("objections.contest.enter", made, by=by, after=after, unit_id=row.source_department_id)
    return made


def end_contest(contest: Contest, *, result: str, ended_on: date, by: User, version: str | None = None) -> Contest:
    """It was decided: the mark goes with the last one of the item. What the decision asks for (a correction, a withdrawal) is done by its own verb.

    Who entered one may. Conflict when it has ended already or changed since `version`; Refused with all findings.
    """
    with acting(by):
        item = Disclosure.objects.select_for_update(of=("self",)).get(pk=contest.disclosure_id)
        row = Contest.objects.select_for_update(of=("self",)).get(pk=contest.pk)
        policy.require(by, MANAGE, item.source_department_id)
        if version is not None:
            require_version(row, version)
        if row.ended_on is not None:
            raise Conflict("contest.ended", "该案的结果已经登记。")
        refuse(against_end(result=result, begun_on=row.begun_on, ended_on=ended_on, on=timezone.localdate()))
        row.ended_on, row.result, row.ended_by, row.version = ended_on, result.strip(), by, row.version + 1
        row.save(update_fields=["ended_on", "result", "ended_by", "version"])
        if not Contest.objects.open().filter(disclosure=item).exists():
            marked(item, taken=(Mark.CONTESTED,), by=by, reason=row.number)
        after = {"ended_on": ended_on, "result": row.result}
        audit.record("objections.contest.end", row, by=by, after=after, unit_id=item.source_department_id)
    return row
