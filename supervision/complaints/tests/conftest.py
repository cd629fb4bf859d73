"""Every test of complaints has the item of the catalogue and the clocks, on a day of November."""

from __future__ import annotations

import pytest

from commitments.tests.cases import at
from credit_platform.accounts.tests.factories import DepartmentFactory
from records.models import CatalogueEntry
from records.tests import factories as ledger
from supervision.complaints import base_data
from supervision.complaints.standard import ITEM
from supervision.complaints.tests.factories import TODAY


@pytest.fixture
def clock(monkeypatch):
    """Set the day."""
    return lambda day: at(day, monkeypatch)


@pytest.fixture
def bureau(db, clock, settings, tmp_path):
    """The market bureau, which brings complaints in."""
    clock(TODAY)
    settings.MEDIA_ROOT = tmp_path / "media"
    base_data.load()
    ledger.CatalogueEntryFactory(
        item=ledger.CatalogueItemFactory(code=ITEM.code, name=ITEM.name),
        category=ITEM.category,
        standard=ITEM.standard,
        visibility=ITEM.visibility,
        publication=CatalogueEntry.Publication.ON_ENTRY,
        nature=ITEM.nature,
    )
    return DepartmentFactory()
