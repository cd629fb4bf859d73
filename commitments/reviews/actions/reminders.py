"""Reminders and escalation of reviews, and the reminders of missing papers: set-wise, and harmless when run twice.

A row stands for a notice: on the desk's home of the department, on the page of the credit office, and for missing papers on the
subject's own page. The constraint "one of a kind a day" makes a second run harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.rules.clocks import late_since
from commitments.models import Review
from commitments.reviews.rules.days import REMIND_BEFORE, TO_HEAD_AFTER, TO_OFFICE_AFTER
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar

LATE, HEAD, OFFICE, SHORTFALL = "late", "head", "office", "shortfall"
SHORTFALL_BEFORE = max(REMIND_BEFORE)
ONCE = """
INSERT INTO commitments_reviewreminder (review_id, what, "on", department_id)
SELECT r.id, %(what)s, %(on)s, r.department_id FROM commitments_review r
WHERE r.state = 'open' AND r.due_on BETWEEN %(first)s AND %(last)s
  AND NOT EXISTS (SELECT 1 FROM commitments_reviewreminder m WHERE m.review_id = r.id AND m.what = %(what)s)
ORDER BY r.due_on, r.id
ON CONFLICT DO NOTHING
"""
DAILY = """
INSERT INTO commitments_reviewreminder (review_id, what, "on", department_id)
SELECT r.id, %(what)s, %(on)s, r.department_id FROM commitments_review r
WHERE r.state = 'open' AND r.due_on <= %(last)s
ORDER BY r.due_on, r.id
ON CONFLICT DO NOTHING
"""
# Once when the last days begin, and every day from the day before the last one until the papers have come.
PAPERS = """
INSERT INTO commitments_reviewreminder (letter_id, what, "on", department_id)
SELECT l.id, %(what)s, %(on)s, l.department_id FROM commitments_letter l
WHERE l.shortfall_due_on IS NOT NULL AND l.shortfall_settled_on IS NULL AND l.fulfilment <> 'withdrawn'
  AND l.shortfall_due_on <= %(last)s
  AND (l.shortfall_due_on <= %(near)s
       OR NOT EXISTS (SELECT 1 FROM commitments_reviewreminder m WHERE m.letter_id = l.id AND m.what = %(what)s))
ORDER BY l.shortfall_due_on, l.id
ON CONFLICT DO NOTHING
"""


def remind(on: date | None = None, *, by: Actor = SYSTEM) -> dict[str, int]:
    """The sweep of a day: how many new notices of each kind.

    Reviews: with 5 and with 1 working day left (once each, by what is left now, so a day without a run loses nothing), every day when
    late; to the department's reviewers after 3 and to the credit office after 10 working days. Missing papers: 5 working days before
    the last day, then daily from the day before it.
    """
    on = on or timezone.localdate()
    days = calendar()
    with acting(by):
        policy.require(by, "commitments.remind")
        made = _before(on, days)
        made[LATE] = _run(DAILY, what=LATE, on=on, last=late_since(days, on, 1))
        made[HEAD] = _run(ONCE, what=HEAD, on=on, first=date.min, last=late_since(days, on, TO_HEAD_AFTER))
        made[OFFICE] = _escalate(on, late_since(days, on, TO_OFFICE_AFTER))
        near, last = days.due_on(on, 1), days.due_on(on, SHORTFALL_BEFORE)
        made[SHORTFALL] = _run(PAPERS, what=SHORTFALL, on=on, near=near, last=last)
        if any(made.values()):
            audit.record("commitments.remind", by=by, detail={"on": on, **made})
    return made


def _before(on: date, days: Calendar) -> dict[str, int]:
    """What is nearest is told as nearest: a review that both limits cover is reminded of by the smaller one."""
    made, first = {}, on
    for left in sorted(REMIND_BEFORE):
        last = days.due_on(on, left)
        made[f"soon-{left}"] = _run(ONCE, what=f"soon-{left}", on=on, first=first, last=last)
        first = date.fromordinal(last.toordinal() + 1)
    return made


def _escalate(on: date, last: date) -> int:
    """The credit office supervises; the day is kept with the review, once."""
    made = _run(ONCE, what=OFFICE, on=on, first=date.min, last=last)
    rows = Review.objects.open().filter(due_on__lte=last, escalated_on__isnull=True)
    members = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    if members:
        Review.objects.filter(pk__in=members).update(escalated_on=on)
        audit.record("commitments.review.escalate", by=SYSTEM, members=members, detail={"on": on})
    return made


def _run(statement: str, **values: Any) -> int:
    given: Mapping[str, Any] = values
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)
