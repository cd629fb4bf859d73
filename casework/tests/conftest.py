from datetime import date, datetime

import pytest
from django.utils import timezone

from casework import procedure
from casework.rules import procedures
from casework.tests import factories
from casework.tests.toy.procedure import TOY


def at(day: date, monkeypatch) -> None:
    """It is ten in the morning of a day."""
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 10, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(autouse=True)
def toy():
    """The toy is a procedure of these tests only: the pages of others do not lead to it."""
    procedure.register(TOY)
    yield
    procedures.forget(TOY.slug)


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
