"""Written authorisations past their time: the paper goes, its number, days and digest stay."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from credit_platform.workdays.rules.months import add_months
from lookups.models import Authorisation
from lookups.retention.kinds import Keeping


class Authorisations(Keeping):
    """Stored for so many months after they ended; then the paper alone goes."""

    model = Authorisation

    def past(self, months: int | None, on: date) -> QuerySet[Any]:
        """Those that ended, or were taken back, so long ago."""
        assert months is not None  # no own period
        rows = Authorisation.objects.exclude(path="").annotate(past_since=Coalesce(F("ended_on"), F("ends_on")))
        return rows.filter(past_since__lt=add_months(on, -months)).order_by("past_since", "pk")
