"""One small demonstration city for all tests that want one, as a pytest plugin: built once in a run, by the first who asks.

It is committed in a database of its own, as a true city would be (in one single transaction it would hold twenty thousand locks),
and every package of tests looks into a copy of it. Workers side by side share the one that was built.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django.plugin import blocking_manager_key

from checks.queries import hot
from checks.receipts import signing
from commitments.models import CommitmentLetter
from credit_platform.accounts.models import User
from credit_platform.demo import city as demo_city
from credit_platform.demo import year
from credit_platform.demo.accounts import PASSWORD
from credit_platform.demo.subjects import fictitious_person
from credit_platform.tests.databases import working_in
from disclosure.models import Disclosure
from records.models import CreditRecord, Subject, SubjectName

TODAY = date(2026, 11, 23)
"""A Monday. Whoever looks at the city believes in it, so that no test depends on the day it runs."""
COUNTED = (Subject, SubjectName, CreditRecord, Disclosure, CommitmentLetter)


@dataclass
class City:
    """What the tests may ask of the city beside its rows: the persons that were made up for it, in plain."""

    today: date = TODAY
    password: str = PASSWORD
    persons: list[tuple[str, str]] = field(default_factory=list)

    @staticmethod
    def user(username: str) -> User:
        return User.objects.get(username=username)


@contextmanager
def standing(blocker: Any, folders: pytest.TempPathFactory, worker: str) -> Iterator[City]:
    """The city for a fixture of a package or module: this process works in it until the end.

    Takes the fixtures `django_db_blocker`, `tmp_path_factory` and `worker_id`, after `django_db_setup`.
    """
    here = folders.getbasetemp()
    shared = here if worker == "master" else here.parent
    tests = str(connection.settings_dict["NAME"])
    original, own = _original(), f"{tests}_city_copy"
    media = folders.mktemp("city") / "media"
    with blocker.unblock():
        with (shared / "city.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / "city.json").exists():
                _copy(tests, original)
                (shared / "city.json").write_text(json.dumps(_build(original, shared / "city")), encoding="utf-8")
            _copy(original, own)
        shutil.copytree(shared / "city", media)
        persons = [(name, number) for name, number in json.loads((shared / "city.json").read_text("utf-8"))]
        with _looking_into(own), override_settings(MEDIA_ROOT=media):
            yield City(persons=persons)
        _drop(own)


def _original() -> str:
    return f"{settings.TESTS_DATABASE}_city"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The original goes with the run, after everybody who might want a copy."""
    if not hasattr(session.config, "workerinput"):
        with session.config.stash[blocking_manager_key].unblock():
            _drop(_original())


def _build(name: str, media: Path) -> list[tuple[str, str]]:
    """Fill the database; answer the persons that were made up."""
    persons: list[tuple[str, str]] = []

    def remembered(random: Random) -> tuple[str, str]:
        persons.append(fictitious_person(random))
        return persons[-1]

    media.mkdir(exist_ok=True)  # of a building that broke off
    with _looking_into(name), override_settings(MEDIA_ROOT=media), patch.object(year, "fictitious_person", remembered):
        call_command("load_base", verbosity=0)
        demo_city.load(TODAY, lambda text: None, subjects=150, reports=1)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in COUNTED)}")
    return persons


@contextmanager
def _looking_into(name: str) -> Iterator[None]:
    """Another database of the same server, with an empty cache before and after, and nothing of the other in mind."""
    _forget()
    with working_in(NAME=name):
        yield
    _forget()


def _forget() -> None:
    cache.clear()
    signing._signer.cache_clear()  # it has entered its key in the database of before
    hot.forget_version()
    hot.forget_clients()


def _copy(source: str, name: str) -> None:
    """A new database with everything that is in another one, which nobody may have open meanwhile."""
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        # The lookout of this process (credit_platform.web.frozen) keeps a connection; it opens another one.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
