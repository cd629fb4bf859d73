"""Periods in months, and the business day of a moment."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def add_months(start: date, months: int) -> date:
    """Return the last day of a period of `months` months (12 = one year) after `start`.

    The corresponding day of the last month, or its last day when it has none (民法典 第二百零二条): 2025-11-30 + 3 = 2026-02-28.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def eligible_from(start: date, months: int) -> date:
    """Return the first day after a full period of months: what is possible 满期后 is possible from the day after its last day."""
    return add_months(start, months) + timedelta(days=1)


def beijing_day(moment: datetime) -> date:
    """Return the business day of a moment: 16:30 UTC is already the next day. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone has no business day")
    return moment.astimezone(BEIJING).date()
