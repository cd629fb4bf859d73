"""The sweep that opens reviews: set-wise, in chunks, in the order of the index; twice or in parallel it opens each once."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils import timezone

from commitments.reviews.actions.voiding import void_withdrawn
from commitments.reviews.rules.days import OPEN_AHEAD
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.queries import calendar

CHUNK = 1000
# The letter is locked, not changed: who completes a review of it meanwhile is passed over, and the next run finds it again.
# A second sweep that read before this one committed meets the constraint "one open review a letter".
OPEN = """
WITH due AS MATERIALIZED (
    SELECT l.id, l.department_id, l.next_review_on, l.next_review_kind
    FROM commitments_letter l
    WHERE l.next_review_on IS NOT NULL AND l.next_review_on <= %(on)s
      AND (l.next_review_on, l.id) > (%(after_day)s, %(after_id)s)
      AND l.fulfilment <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM commitments_review r WHERE r.letter_id = l.id AND r.state = 'open')
    ORDER BY l.next_review_on, l.id
    LIMIT %(chunk)s
    FOR UPDATE OF l SKIP LOCKED
), made AS (
    INSERT INTO commitments_review
        (letter_id, department_id, kind, due_on, state, outcome, method, finding, version)
    SELECT id, department_id, coalesce(nullif(next_review_kind, ''), 'periodic'), next_review_on, 'open', '', '', '', 1
    FROM due ORDER BY next_review_on, id
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT (SELECT array_agg(id ORDER BY id) FROM made), count(*),
       (SELECT next_review_on FROM due ORDER BY next_review_on DESC, id DESC LIMIT 1),
       (SELECT id FROM due ORDER BY next_review_on DESC, id DESC LIMIT 1)
FROM due
"""


def open_due(on: date, *, by: Actor = SYSTEM, chunk: int = CHUNK) -> int:
    """Open a review of every letter whose `next_review_on` is `on` or earlier; how many were opened.

    The clock only. `due_on` of the review is the letter's day. Each chunk commits by itself with one audit row, so a run that is
    killed leaves whole chunks and the next one goes on.
    """
    opened, after = 0, (date.min, 0)
    while True:
        with acting(by):
            policy.require(by, "commitments.review.open")
            made, found, last = _chunk(on, after, chunk)
            if made:
                audit.record("commitments.review.open", by=by, members=made, detail={"on": on})
        opened += len(made)
        if found < chunk or last is None:
            return opened
        after = last


def _chunk(on: date, after: tuple[date, int], chunk: int) -> tuple[list[int], int, tuple[date, int] | None]:
    """The reviews made, how many letters were looked at, and the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, {"on": on, "after_day": after[0], "after_id": after[1], "chunk": chunk})
        made, found, day, letter = cursor.fetchone()
    return list(made or []), int(found), (day, letter) if found else None


def sweep(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """What the clock does every morning: reviews that fall due within ten working days appear on the desks; open reviews of
    letters that are gone become void. How many were opened."""
    on = on or timezone.localdate()
    void_withdrawn(by=by)
    return open_due(calendar().due_on(on, OPEN_AHEAD), by=by)
