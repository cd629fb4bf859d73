"""One small demonstration city for all tests of this folder (credit_platform.demo.tests.standing): each test rolls back to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from credit_platform.demo.tests.standing import TODAY, City, standing
from credit_platform.web.tests.browsing import open_site
from tests.objects import objects_of


@pytest.fixture(scope="package")
def standing_city(django_db_setup: None, django_db_blocker, tmp_path_factory, worker_id) -> Iterator[City]:
    with standing(django_db_blocker, tmp_path_factory, worker_id) as made:
        yield made


@pytest.fixture
def clock() -> Iterator[None]:
    """It is ten in the morning of TODAY, and time goes on from there."""
    true_now = timezone.now
    start, began = timezone.make_aware(datetime.combine(TODAY, time(10))), true_now()
    with patch("django.utils.timezone.now", lambda: start + (true_now() - began)):
        yield


@pytest.fixture
def city(standing_city: City, db: None, clock: None) -> Iterator[City]:
    """The small city, in which a test may do as it likes."""
    yield standing_city
    cache.clear()


@pytest.fixture
def objects(city: City) -> dict[str, Any]:
    """One object of the market bureau for each word in angle brackets of the role table."""
    return objects_of(city.user("scjgj_lr"), city.user("scjgj_sh"))


@pytest.fixture
def site(page, client: Client):
    """A browser on the platform; `site.complaints` gathers what the console and the page complain of."""
    open_site(page, client)
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page
