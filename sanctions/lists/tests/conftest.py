"""Every test of lists has the four items of the catalogue; a document of ours is a ground."""

from __future__ import annotations

import pytest

from casework.models import Case
from commitments.tests.cases import at
from credit_platform.accounts.tests.factories import DepartmentFactory
from records.models import CatalogueEntry
from records.tests import factories as ledger
from sanctions.catalogue import ITEMS
from sanctions.lists.queries import registers
from sanctions.lists.tests.factories import TODAY

OURS = "示列决"


def catalogue() -> None:
    """The items that entries are entered under."""
    for item in ITEMS:
        ledger.CatalogueEntryFactory(
            item=ledger.CatalogueItemFactory(code=item.code, name=item.name),
            category=item.category,
            standard=item.standard,
            visibility=item.visibility,
            publication=CatalogueEntry.Publication.ON_ENTRY,
            nature=item.nature,
        )


@pytest.fixture
def grounds(monkeypatch):
    """Decisions whose number begins with 示列决 are grounds, others are none."""
    monkeypatch.setattr(registers, "_grounds", {"test": lambda: lambda code, document, on: document.startswith(OURS)})


@pytest.fixture
def listing(grounds, monkeypatch):
    """It is a day of November, the catalogue has its items, and decisions of ours are grounds."""
    at(TODAY, monkeypatch)
    catalogue()


@pytest.fixture
def a_case():
    """A case that has decided; of which procedure does not matter here."""
    return Case.objects.create(
        procedure="designation",
        number="认定〔2026〕000001号",
        department=DepartmentFactory(),
        state="decided",
        moved_on=TODAY,
        drafted_on=TODAY,
    )
