"""Every test of published lists has the items of the catalogue, on a day of November."""

from __future__ import annotations

import pytest

from commitments.tests.cases import at
from records.models import CatalogueEntry
from records.tests import factories as ledger
from sanctions.catalogue import ITEMS
from sanctions.filed.registered import ITEMS as FILED
from sanctions.lists.tests.factories import TODAY


@pytest.fixture(autouse=True)
def _private_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def filing(db, monkeypatch):
    """It is a day of November, and the catalogue has the items of entries and of published lists."""
    at(TODAY, monkeypatch)
    for item in (*ITEMS, *FILED):
        ledger.CatalogueEntryFactory(
            item=ledger.CatalogueItemFactory(code=item.code, name=item.name),
            category=item.category,
            standard=item.standard,
            visibility=item.visibility,
            publication=CatalogueEntry.Publication.ON_ENTRY,
            nature=item.nature,
        )
