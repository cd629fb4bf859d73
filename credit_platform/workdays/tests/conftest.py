from datetime import date

import pytest

from credit_platform.workdays import queries, registry
from credit_platform.workdays.tests.factories import Holder


@pytest.fixture(autouse=True)
def _forget():
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def holder(db, monkeypatch):
    """The only holder of deadlines: those of the apps above stay out of these tests."""
    monkeypatch.setattr(registry, "_holders", {})
    holder = Holder(queries.calendar(), date(2026, 12, 30), date(2027, 1, 28), date(2026, 11, 23))
    registry.register(holder)
    return holder
