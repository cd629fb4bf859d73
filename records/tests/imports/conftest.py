from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from records.models import CatalogueEntry
from records.tests import factories

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


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


@pytest.fixture
def shared_data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the folder of real public data is not here")
    return DATA
