"""What is left when the time of a file is over: number, day and hash (a tomb-stone, not a blank). `lookups.retention` asks when and whether."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from credit_platform.workdays.rules.months import add_months
from lookups.retention.kinds import Keeping
from reports.models import ForeignReport, Report


class Reports(Keeping):
    """Each report says itself until when its file is stored, by the layout of its day. What it said stays provable by its hashes."""

    model = Report
    has_own_period = True

    def past(self, months: int | None, on: date) -> QuerySet[Any]:
        """Reports whose file is stored no longer on a day, and is there still."""
        return Report.objects.past_keeping(on).annotate(past_since=F("keep_until")).order_by("keep_until", "pk")


class ForeignReports(Keeping):
    """Reports of other regions, so many months after they were taken in: the file and the data in it; what was told of its seal stays."""

    model, emptied = ForeignReport, {"twin": None}

    def past(self, months: int | None, on: date) -> QuerySet[Any]:
        """Those that were taken in so long ago and are there still."""
        assert months is not None  # no own period
        rows = ForeignReport.objects.exclude(path="").annotate(past_since=TruncDate("taken_at"))
        return rows.filter(past_since__lt=add_months(on, -months)).order_by("past_since", "pk")
