from datetime import date

import pytest

from commitments.tests import cases


@pytest.fixture
def today(monkeypatch) -> date:
    """The tests' Monday, 2026-11-23, ten in the morning."""
    cases.at(cases.TODAY, monkeypatch)
    return cases.TODAY


@pytest.fixture
def desk(db, today, settings, tmp_path) -> date:
    """The catalogue stands, and files go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    cases.catalogue()
    return today
