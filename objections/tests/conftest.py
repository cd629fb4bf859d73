from datetime import date, datetime

import pytest
from django.utils import timezone

from objections import base_data
from objections.tests.factories import TODAY


@pytest.fixture
def clock(monkeypatch):
    """Set the day: it is ten in the morning of it."""

    def at(day: date) -> None:
        moment = timezone.make_aware(datetime(day.year, day.month, day.day, 10, 0))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return at


@pytest.fixture
def desk(request, clock, settings, tmp_path) -> date:
    """A Monday, files in a folder of the test."""
    request.getfixturevalue("transactional_db" if "transactional" in request.keywords else "db")
    clock(TODAY)
    settings.MEDIA_ROOT = tmp_path
    base_data.load()
    return TODAY
