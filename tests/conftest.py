"""One small demonstration city for all tests of this folder: built once, each test rolls back to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from commitments.models import Letter
from credit_platform.accounts.models import User
from credit_platform.demo import city as demo_city
from credit_platform.demo import year
from credit_platform.demo.accounts import PASSWORD
from credit_platform.demo.subjects import fictitious_person
from credit_platform.web.tests.browsing import open_site
from disclosure.models import Disclosure
from records.models import CreditRecord, Subject, SubjectName
from tests.addresses import objects_of

TODAY = date(2026, 11, 23)
"""A Monday. The whole folder believes in it, so that no test depends on the day it runs."""
DATA = Path(django_settings.BASE_DIR).parent / "shared" / "data"


@dataclass
class City:
    """What the tests may ask of the city beside its rows: the persons that were made up for it, in plain."""

    today: date = TODAY
    password: str = PASSWORD
    persons: list[tuple[str, str]] = field(default_factory=list)

    @staticmethod
    def user(username: str) -> User:
        return User.objects.get(username=username)


@pytest.fixture(scope="package")
def standing_city(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[City]:
    """The city in a transaction that is never committed; every test is a savepoint inside it."""
    built = City()

    def remembered(random: Random) -> tuple[str, str]:
        built.persons.append(fictitious_person(random))
        return built.persons[-1]

    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with media, django_db_blocker.unblock(), transaction.atomic(), patch.object(year, "fictitious_person", remembered):
        cache.clear()
        call_command("load_base", verbosity=0)
        demo_city.load(TODAY, lambda text: None, subjects=150, reports=1)
        counted = (Subject, SubjectName, CreditRecord, Disclosure, Letter)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in counted)}")
        yield built
        transaction.set_rollback(True)
    cache.clear()


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
def shared_data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the folder of real public data (../shared/data) is not here")
    return DATA


@pytest.fixture
def site(page, client: Client):
    """A browser on the platform; `site.complaints` gathers what the console and the page complain of."""
    open_site(page, client)
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page
