from datetime import date, datetime

import pytest
from django.utils import timezone

from commitments import base_data as commitments
from commitments.tests import cases
from credit_platform.accounts.tests.factories import DepartmentFactory
from repair import base_data
from repair.tests.factories import TODAY
from sanctions.lists.queries import registers
from sanctions.lists.tests.conftest import OURS
from sanctions.lists.tests.conftest import catalogue as lists_catalogue


@pytest.fixture
def clock(monkeypatch):
    """Set the day: it is ten in the morning of it."""

    def at(day: date) -> None:
        moment = timezone.make_aware(datetime(day.year, day.month, day.day, 10, 0))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return at


@pytest.fixture
def desk(request, clock, settings, tmp_path) -> date:
    """A Monday, clocks loaded, files in a folder of the test."""
    request.getfixturevalue("transactional_db" if "transactional" in request.keywords else "db")
    clock(TODAY)
    settings.MEDIA_ROOT = tmp_path
    base_data.load()
    return TODAY


@pytest.fixture
def letters(desk):
    """The list of matters is in force, the letter of repairs among them, and the catalogue that letters are entered under."""
    DepartmentFactory(short_name="市营商环境局", name="哈尔滨市营商环境建设监督局")
    cases.catalogue()
    commitments.load()


@pytest.fixture
def listed(desk, monkeypatch):
    """Lists may be entered: their catalogue, and decisions of ours are grounds."""
    ground = {"test": lambda: lambda code, document, on: document.startswith(OURS)}
    monkeypatch.setattr(registers, "_grounds", ground)
    lists_catalogue()
