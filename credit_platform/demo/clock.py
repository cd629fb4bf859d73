"""A clock that can be set, for building a year of history through the real actions.

The actions ask `django.utils.timezone.now`; only the demonstration replaces it, for the length of one call. The audit trail's own
moment stays the true one: it tells when the demonstration was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 10, minute: int = 0) -> Iterator[datetime]:
    """Everything inside believes that it is this day and hour in Asia/Shanghai."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch("django.utils.timezone.now", return_value=moment):
        yield moment
