from datetime import date, datetime

import pytest
from django.utils import timezone

from records import base_data as catalogue
from supervision.grading import base_data

TODAY = date(2026, 11, 23)


@pytest.fixture
def schemes(db):
    """The rows that an installation begins with: the catalogue with the two items of grades, fields, schemes, tiers."""
    catalogue.load()
    base_data.load()


@pytest.fixture
def today(monkeypatch):
    """Ten o'clock of a Monday."""
    now = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return TODAY
