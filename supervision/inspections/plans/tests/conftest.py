"""The day of the tests, and a bureau that draws."""

from __future__ import annotations

import pytest

from supervision.inspections.tests import factories


@pytest.fixture
def at(db, monkeypatch):
    """A bureau with ten firms, four inspectors and a share of 30 percent, on the day of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    factories.ShareRowFactory()
    return factories.bureau()
