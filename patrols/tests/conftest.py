from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

TODAY = date(2026, 11, 23)


@pytest.fixture
def clock(monkeypatch):
    """Ten o'clock of a Monday; `clock(minutes)` lets time pass."""
    now = [timezone.make_aware(datetime(2026, 11, 23, 10, 0))]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[0])

    def later(minutes: int) -> None:
        now[0] += timedelta(minutes=minutes)

    return later
