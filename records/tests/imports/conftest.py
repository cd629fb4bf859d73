from __future__ import annotations

import pytest

from records.models import CatalogueEntry
from records.tests import factories


@pytest.fixture(autouse=True)
def _private_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def penalties(db) -> CatalogueEntry:
    return factories.PenaltyEntryFactory()


@pytest.fixture
def permits(db) -> CatalogueEntry:
    return factories.PermitEntryFactory()


@pytest.fixture
def registrations(db) -> CatalogueEntry:
    return factories.RegistrationEntryFactory()
