"""It is a Monday of November; the catalogue has the item of inspections, files lie in a folder of the test."""

from __future__ import annotations

import pytest

from records.models import CatalogueEntry
from records.tests import factories as ledger
from supervision.inspections.tests import factories


@pytest.fixture(autouse=True)
def visiting(request, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    marker = request.node.get_closest_marker("django_db")
    if not marker:
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    ledger.CatalogueEntryFactory(
        item=ledger.CatalogueItemFactory(code="XZJC", name="行政监督检查信息"),
        standard="act-inspection",
        publication=CatalogueEntry.Publication.SEVEN_WORKDAYS,
    )
