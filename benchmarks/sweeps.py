"""The clock's work with twenty thousand rows due, and the statistics beside a full recount. Everything is rolled back."""

from __future__ import annotations

from functools import partial

from django.db import connection
from django.utils import timezone

from benchmarks.measure import Book, Figure, once, rows_of, undone
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from disclosure.actions.published import end_due
from disclosure.actions.publishing import publish_approved
from disclosure.actions.reminders import remind
from disclosure.actions.tallies import COUNT
from disclosure.queries.timeliness import timeliness

DUE = 20_000
PICK = (
    "(SELECT id FROM disclosure_disclosure WHERE state = 'published' AND kind = 'permit' "
    "AND (ends_on IS NULL OR ends_on > current_date + 30) ORDER BY id LIMIT {n})"
)
TO_PUBLISH = (
    "UPDATE disclosure_disclosure SET state = 'approved', publish_from = current_date, published_on = NULL, published_at = NULL "
    "WHERE id IN " + PICK
)
TO_END = (
    "UPDATE disclosure_disclosure SET ends_on = current_date - 1, waits_for_performance = false WHERE id IN " + PICK
)
TO_REMIND = (
    "UPDATE disclosure_disclosure SET state = 'draft', due_on = greatest(decided_on, current_date - 2), published_on = NULL, "
    "published_at = NULL WHERE id IN " + PICK
)
BARE = "UPDATE disclosure_disclosure SET version = version + 1, updated_at = now() WHERE id IN " + PICK


def run(book: Book, due: int = DUE) -> None:
    """Publication, end, reminders; then the statistics."""
    today = timezone.localdate()
    for name, setup, sweep in (
        ("publication", TO_PUBLISH, publish_approved), ("expiry", TO_END, end_due), ("reminders", TO_REMIND, remind),
    ):  # fmt: skip
        with undone(), acting(SYSTEM):
            bare, _, _ = once(lambda: _execute(BARE.format(n=due)))
        with undone():
            with acting(SYSTEM):
                _execute(setup.format(n=due))
            took, cpu, done = once(partial(sweep, today))
        book.add(
            Figure(
                "sweep", f"{name}, {done:,} rows", took, took, 1, cpu, "bare UPDATE with history", bare, bare, took / max(bare, 1),
                note=f"{done / took * 1000:,.0f} rows/s",
            )
        )  # fmt: skip
    _statistics(book)


def _statistics(book: Book) -> None:
    year = timezone.localdate().year - 1
    recount, _, counted = once(lambda: rows_of(COUNT))
    took, cpu, _ = once(lambda: [timeliness(year, by=by) for by in ("department", "month", "kind")])
    kept = rows_of(
        "SELECT department_id, kind, view, month, reported, compliant, late, published_late, corrected FROM disclosure_timelinesstally"
    )
    nothing = (0,) * 5
    equal = {row[:4]: tuple(map(int, row[4:])) for row in counted if tuple(map(int, row[4:])) != nothing} == {
        row[:4]: tuple(row[4:]) for row in kept if tuple(row[4:]) != nothing
    }
    book.add(
        Figure(
            "statistics", f"{year} by department, month, kind", took, took, 1, cpu, "full recount", recount, recount, took / recount,
            aim="< 2 s, equal to the recount", reached=took < 2000 and equal, note="equal" if equal else "NOT EQUAL",
        )
    )  # fmt: skip


def _execute(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)
