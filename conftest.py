"""Fixtures of every test: a headless Chromium for the browser tests, and axe for their accessibility.

The settings of the tests find or start the embedded servers, so that nothing has to be started by hand.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from credit_platform.tests import migrated_rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest_plugins = ["credit_platform.accounts.tests.roles", "credit_platform.demo.tests.standing"]

# Playwright's event loop lives in the thread of the test, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(__file__).parent / "tests" / "vendor" / "axe"
# A slow machine is no finding.
hypothesis_settings.register_profile("house", deadline=None, max_examples=60)
hypothesis_settings.load_profile("house")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that end by emptying the tables come last: they commit what they write, and take seconds to clean up.

    pytest-django sees to that, but pytest then moves the browser tests together, to the front.
    """
    items.sort(key=_empties_the_tables)


def pytest_itemcollected(item: pytest.Item) -> None:
    """`-m empties` and `-m "not empties"`: `make test` runs the two kinds one after the other, each on every core."""
    if _empties_the_tables(item):
        item.add_marker(pytest.mark.empties)


def _empties_the_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or bool(fixtures & {"transactional_db", "live_server"})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """Nobody counts the rows of a test behind its back, and none sees which test ran before it.

    What a test has written is not committed: autovacuum would report the tables as empty, and a plan for empty tables
    reads a city row by row. A test that empties the tables leaves the rows of the migrations. Answers Django's
    settings of the tests' own database.
    """
    # Of a database that is gone: its checkpoints were signed by keys that nobody knows any more.
    shutil.rmtree(settings.CHECKPOINT_DIR, ignore_errors=True)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)')
        rows = migrated_rows.copied()
    emptied: Callable[[TransactionTestCase], None] = vars(TransactionTestCase)["_fixture_teardown"]

    def filled_again(case: TransactionTestCase) -> None:
        emptied(case)
        migrated_rows.restore(rows)
        cache.clear()  # the count of changes has begun again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", filled_again)
        yield connection.settings_dict.copy()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    arguments = dict(browser_type_launch_args)
    if found:
        arguments["executable_path"] = found
    if os.geteuid() == 0:
        arguments["args"] = [*arguments.get("args", ()), "--no-sandbox"]
    return arguments


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page)` answers what axe finds wrong with a page, in Chinese, one line a finding; [] when all is well."""
    script = (AXE / "axe.min.js").read_text(encoding="utf-8")
    locale = json.loads((AXE / "zh_CN.json").read_text(encoding="utf-8"))

    def findings(page: Page, **options: Any) -> list[str]:
        # Evaluated by the debugger's own channel, which the page's security policy does not concern; once for every page.
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(f"() => {{ {script} }}")
            page.evaluate("locale => window.axe.configure({ locale })", locale)
        result = page.evaluate(
            "async options => ({ violations: (await window.axe.run(document, options)).violations })",
            {"resultTypes": ["violations"], **options},
        )
        return [
            f"{found['id']}: {found['help']} — {node['html'][:160]}"
            for found in result["violations"]
            for node in found["nodes"]
        ]

    return findings
