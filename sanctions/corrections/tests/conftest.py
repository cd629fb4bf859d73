"""It is a day of November, and the catalogue has the item of talks."""

from __future__ import annotations

import pytest

from casework.tests.conftest import at
from records.models import CatalogueEntry
from records.tests import factories as ledger
from sanctions.corrections.registered import ITEM
from sanctions.lists.tests.factories import TODAY


@pytest.fixture(autouse=True)
def correcting(request, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    if not request.node.get_closest_marker("django_db"):
        return
    request.getfixturevalue("transactional_db" if _whole(request) else "db")
    at(TODAY, monkeypatch)
    ledger.CatalogueEntryFactory(
        item=ledger.CatalogueItemFactory(code=ITEM.code, name=ITEM.name),
        category=ITEM.category,
        standard=ITEM.standard,
        visibility=ITEM.visibility,
        publication=CatalogueEntry.Publication.ON_ENTRY,
        nature=ITEM.nature,
    )


def _whole(request) -> bool:
    return bool(request.node.get_closest_marker("django_db").kwargs.get("transaction"))
