from __future__ import annotations

import pytest
import time_machine

from checks.queries import freshness, hot
from checks.queries.register import register
from checks.receipts import signing
from checks.tests import factories


@pytest.fixture(autouse=True)
def nothing_kept_in_mind():
    """Keys, versions and answers of one test are not those of the next."""
    hot.forget_version()
    hot.forget_clients()
    hot._matters.forget()
    freshness._cached.forget()
    register.cache_clear()
    signing._signer.cache_clear()


@pytest.fixture
def today(db):
    """The day of the city, on which everything here happens."""
    with time_machine.travel("2026-11-23 02:00:00+00:00", tick=True):
        yield factories.TODAY


@pytest.fixture
def city(today):
    """Fields, measures and the register."""
    factories.measures()
    return today
