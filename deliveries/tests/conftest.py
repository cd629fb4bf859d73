from datetime import date, datetime

import pytest
from django.utils import timezone

from deliveries import base_data
from deliveries.tests.factories import TODAY


@pytest.fixture
def desk(request, monkeypatch) -> date:
    """A Monday morning, with the days that recipients have."""
    request.getfixturevalue("transactional_db" if "transactional" in request.keywords else "db")
    moment = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, 10, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    base_data.load()
    return TODAY
