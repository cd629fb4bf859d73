"""When a holiday notice is loaded, open and stored deadlines are reckoned again (trap 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import update_rows
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar, affected_span
from disclosure.actions import tallies
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.queries.deadlines import DueDays

# Seven working days never span more calendar days than this, holidays included.
LONGEST_SPAN = timedelta(days=31)
COLUMNS = (
    ("id", "bigint"),
    ("due_on", "date"),
    ("due_provisional", "boolean"),
    ("arrival_late", "boolean"),
    ("late_reason", "text"),
)


class DueDaysHolder:
    """The holder registered with the calendar."""

    label = "公示期限"

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """Open deadlines that would move, or are no longer provisional."""
        days = DueDays(new)
        for row in _touched(old, new).open().order_by("due_on", "pk").iterator(chunk_size=2000):
            due = days.due(row.decided_on)
            if due.due_on != row.due_on or due.provisional != row.due_provisional:
                yield Moved(f"{row.document_number} {row.title}"[:120], row.due_on, due.due_on)

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write new due days and verdicts, also of what is published: a provisional verdict must not stay (trap 5)."""
        policy.require(by, "calendar.manage")
        days, counts = DueDays(new), tallies.Increments()
        moved = list(_moved(_touched(old, new), days, counts))
        if moved:
            with acting(by):
                update_rows("disclosure_disclosure", COLUMNS, moved)
                tallies.add(counts)
                audit.record("disclosure.recompute", by=by, members=[row[0] for row in moved])
        return len(moved)


def _touched(old: Calendar, new: Calendar) -> DisclosureQuerySet:
    span = affected_span(old, new)
    if span is None:
        return Disclosure.objects.none()
    first, last = span
    return Disclosure.objects.filter(on_entry=False, decided_on__gte=first - LONGEST_SPAN, decided_on__lte=last)


def _moved(rows: DisclosureQuerySet, days: DueDays, counts: tallies.Increments) -> Iterator[tuple[object, ...]]:
    for row in rows.order_by("pk").select_for_update().iterator(chunk_size=2000):
        due, verdict = days.due(row.decided_on), days.verdict(row.decided_on, row.arrived_on)
        if (due.due_on, due.provisional, verdict.reason) == (row.due_on, row.due_provisional, row.late_reason):
            continue
        _recount(row, due.due_on, verdict.late, counts)
        yield (row.pk, due.due_on, due.provisional, verdict.late, verdict.reason)


def _recount(row: Disclosure, due_on: date, late: bool, counts: tallies.Increments) -> None:
    if row.state == "withdrawn":
        return
    timed = tallies.Timed.of(row)
    counts.arrived(timed, late=row.arrival_late, sign=-1)
    counts.arrived(timed, late=late)
    if row.published_on is not None:
        counts.published(timed, late=row.published_on > row.due_on, sign=-1)
        counts.published(timed, late=row.published_on > due_on)


due_days = DueDaysHolder()
