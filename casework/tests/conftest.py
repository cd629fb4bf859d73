from datetime import date, datetime

import pytest
from django.utils import timezone

from casework.tests import factories


def at(day: date, monkeypatch) -> None:
    """It is ten in the morning of a day."""
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 10, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def clock(monkeypatch):
    """Set the day."""
    return lambda day: at(day, monkeypatch)


@pytest.fixture
def desk(request, clock, settings, tmp_path) -> date:
    """A Monday with the catalogue, files in a folder of the test."""
    request.getfixturevalue("transactional_db" if "transactional" in request.keywords else "db")
    clock(factories.TODAY)
    settings.MEDIA_ROOT = tmp_path
    factories.catalogue()
    return factories.TODAY
