"""The clocks of complaints and reports as rows: the days of a day of receipt, what runs, and what is late on a day in one question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q

from casework.models import ClockProfile
from casework.rules.clocks import Days
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import add_months
from disclosure.models.periods import PeriodRule
from supervision.complaints.models import Complaint, ViolationReport, begun_before
from supervision.complaints.rules import clocks
from supervision.complaints.rules.clocks import Course, Due, Inquiry, Span, Stage
from supervision.complaints.rules.words import ACCEPTED, PROCEDURE
from supervision.complaints.standard import KIND


class Clocks:
    """All rows of the profiles, read once for a page."""

    def __init__(self) -> None:
        rows: dict[str, list[tuple[date, Days]]] = defaultdict(list)
        for row in ClockProfile.objects.filter(procedure=PROCEDURE):
            rows[row.stage].append((row.valid_from, Days(row.days, row.extension, row.basis)))
        self.spans: dict[str, list[Span]] = {stage: clocks.spans(found) for stage, found in rows.items()}
        self.calendar = calendar()

    def on(self, received_on: date) -> Mapping[str, Days]:
        """The days of each stage that hold for what was received on a day."""
        return {
            stage: span.days
            for stage, found in self.spans.items()
            for span in found
            if (span.first is None or span.first <= received_on) and (span.last is None or received_on <= span.last)
        }

    def due(self, row: Complaint) -> Due | None:
        """What runs of a complaint, with its last day."""
        return clocks.due(_course(row), self.on(row.received_on), self.calendar)

    def publish_by(self, row: Complaint) -> date | None:
        """Until when an ended complaint is to be public."""
        return clocks.publish_by(_course(row), self.on(row.received_on), self.calendar)

    def due_of(self, row: ViolationReport) -> Due | None:
        """What runs of a report of a violation."""
        inquiry = Inquiry(row.received_on, row.checked_on, row.told_on, row.extended)
        return clocks.due_of(inquiry, self.on(row.received_on), self.calendar)

    def late(self, stage: Stage, on: date) -> Q:
        """Complaints or reports that are late in a stage on a day, whatever their number: one condition for each set of days."""
        if stage is Stage.ACCEPT:
            return Q(decision="", closed_on__isnull=True) & self._before("received_on", stage, on)
        if stage is Stage.MEDIATE:
            return Q(decision=ACCEPTED, closed_on__isnull=True) & self._before("accepted_on", stage, on)
        if stage is Stage.TELL:
            return Q(told_on__isnull=True) & self._before("checked_on", stage, on)
        longer = self._before("received_on", stage, on, extended=True)
        usual = self._before("received_on", stage, on)
        return Q(checked_on__isnull=True) & ((Q(extended=True) & longer) | (Q(extended=False) & usual))

    def _before(self, field: str, stage: Stage, on: date, *, extended: bool = False) -> Q:
        found = self.spans.get(stage, [])
        return begun_before(field, [(span, self._first(span.days, on, extended)) for span in found])

    def _first(self, days: Days, on: date, extended: bool) -> date:
        return clocks.first_in_time(days.days + (days.extension if extended else 0), self.calendar, on=on)


def _course(row: Complaint) -> Course:
    return Course(row.received_on, row.decision, row.accepted_on, row.closed_on)


def still_shown() -> Callable[[date, date], bool]:
    """Whether a complaint that ended on one day is still shown on another, by the period in force; asked once per batch."""
    months = PeriodRule.objects.filter(kind=KIND).order_by("-pk").values_list("max_months", flat=True).first()

    def shown(closed_on: date, on: date) -> bool:
        return months is None or add_months(closed_on, months) >= on

    return shown
