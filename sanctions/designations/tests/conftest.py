"""Every test of listings has the catalogue, a measure to announce, a Monday in November, and files in a folder of its own."""

from __future__ import annotations

import pytest

from casework.tests.conftest import at
from sanctions.designations.tests.factories import TODAY
from sanctions.lists.tests.conftest import catalogue
from sanctions.measures.tests.factories import MeasureFactory, WeighedEntryFactory


@pytest.fixture(autouse=True)
def monday(monkeypatch, settings, tmp_path):
    at(TODAY, monkeypatch)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def city(db):
    catalogue()
    WeighedEntryFactory(measure=MeasureFactory(code="M10", name="作为许可和政府采购的重要考量因素"))
