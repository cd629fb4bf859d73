"""One private pair of servers for the whole folder, a database for each test, and the length and the seed of chance."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from credit_platform.accounts.tests import factories as people
from credit_platform.audit.models import AuditHistory
from credit_platform.workdays.models import CalendarDay
from records.tests import factories as ledger
from tests.faults.length import LONG, SEED
from tests.faults.servers import Servers
from tests.faults.site import Site, looking_at

SEEDED = "seeded"
AT_LENGTH = ["test_at_length.py", "test_at_once.py", "test_broker.py", "test_disk.py", "test_moments.py", "test_web.py"]
"""Asked by `make faults` alone: each starts the whole service several times."""
collect_ignore = [] if LONG else AT_LENGTH
NUMBERS = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def times() -> Callable[[int, int], int]:
    """`times(3, 20)`: how often, in the short form and at length."""
    return lambda short, at_length: at_length if LONG else short


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance that can be repeated: the seed is printed when a test fails."""
    print(f"FAULTS_SEED={SEED}")  # noqa: T201 - pytest shows it with the failure
    return random.Random(f"{SEED}{request.node.name}")


@pytest.fixture(scope="package")
def servers(django_db_setup: Mapping[str, Any], django_db_blocker) -> Iterator[Servers]:
    """The private servers with a database that holds a bureau, its clerk and reviewer, and the catalogue entry of penalties."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    made = Servers(folder)
    try:
        with django_db_blocker.unblock():
            seed(made, SEEDED, django_db_setup)
        yield made
    finally:
        made.remove()
        shutil.rmtree(folder, ignore_errors=True)


def migrated(servers: Servers, name: str) -> bool:
    """Is this what the migrations of today make? A test that empties tables takes their rows along."""
    with looking_at(servers.url_of(name)):
        executor = MigrationExecutor(connections["default"])
        return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and CalendarDay.objects.exists()


def seed(servers: Servers, name: str, tests: Mapping[str, Any]) -> None:
    # A copy of the tests' database saves the migrations: three seconds instead of fifty on a loaded machine.
    if not (servers.copy(name, tests) and migrated(servers, name)):
        servers.drop(name)
        servers.create(name)
        with looking_at(servers.url_of(name)):
            call_command("migrate", verbosity=0, interactive=False)
    with looking_at(servers.url_of(name)):
        bureau = people.DepartmentFactory(code="scjgj", name="示例市市场监督管理局")
        people.ClerkFactory(username="alice", full_name="甲录入", department=bureau)
        people.ReviewerFactory(username="bob", full_name="乙审核", department=bureau)
        ledger.PenaltyEntryFactory()


@contextmanager
def new_site(servers: Servers, folder: Path) -> Iterator[Site]:
    """A site with a copy of the seeded database and an empty broker."""
    name = f"site_{next(NUMBERS)}"
    servers.create(name, SEEDED)
    site = Site(servers, name, folder)
    site.broker.control.purge()
    with site.looked_at():
        site.strays = AuditHistory.objects.without_actor().count()
    try:
        yield site
    finally:
        site.close()
        servers.start_postgres()
        servers.start_valkey()
        servers.drop(name)


class Standing:
    """The site of the whole folder, so that its programs need not start for every test; a new one after a test that failed."""

    def __init__(self, servers: Servers, folders: Callable[[], Path]) -> None:
        self.servers, self.folders = servers, folders
        self.stack = contextlib.ExitStack()
        self.site: Site | None = None

    def get(self) -> Site:
        if self.site is None:
            self.site = self.stack.enter_context(new_site(self.servers, self.folders()))
        return self.site

    def leave(self) -> None:
        self.stack.close()
        self.site = None


@pytest.fixture(scope="package")
def standing(servers: Servers, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[Standing]:
    made = Standing(servers, lambda: tmp_path_factory.mktemp("site"))
    yield made
    with django_db_blocker.unblock():
        made.leave()


@pytest.fixture
def site(standing: Standing, request: pytest.FixtureRequest, django_db_blocker) -> Iterator[Site]:
    """The standing site, whole as the last test left it."""
    failed = request.session.testsfailed
    with django_db_blocker.unblock():
        cache.clear()
        with standing.get().looked_at() as whole:
            yield whole
        if request.session.testsfailed != failed:
            standing.leave()
