from datetime import datetime

import pytest
from django.utils import timezone

from disclosure.tests.factories import TODAY


@pytest.fixture
def today(monkeypatch):
    """The tests' Monday, 2026-11-23, nine in the morning in Harbin."""
    moment = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return TODAY
