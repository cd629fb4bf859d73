"""Every address of the platform against every role: allowed, refused, not found, or sent to the log-in page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.addresses import DRAWN, VERBS, address, admin_pages, undone
from tests.role_table import ADMIN_PAGES, ANONYMOUS, MODELS, PAGES, ROLES, Page

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# A look at data leaves its trace, and so does having been here; neither is a change of what the platform holds.
TRACES = {"django_session", "audit_entry", "lookups_query", "reports_useopening"}


@pytest.fixture
def visit(client: Client, city) -> Any:
    """`visit(role)` signs the client in."""

    def as_role(role: str) -> Client:
        client.logout()
        if role != ANONYMOUS:
            client.force_login(city.user(ROLES[role]))
        return client

    return as_role


def outcome(response: Any) -> int | str:
    """The status, or "login" for the way to the log-in page."""
    if response.status_code == 302 and response.url.startswith("/accounts/login/"):
        return "login"
    return int(response.status_code)


def expected(page: Page, role: str) -> int | str:
    if page.public:
        return page.status
    if role == ANONYMOUS:
        return 200 if page.name == "accounts:login" else "login"
    return page.status if role in page.may else 404 if role in page.hidden else 403


def walked(resolver: Any, path: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walked(each, here, space + (f"{each.namespace}:" if each.namespace else ""))
        else:
            yield (space + each.name if each.name else here), here


def test_no_address_is_missing_from_the_table():
    known = {page.name for page in PAGES}
    known |= {f"admin:{model}_{verb}" for model in MODELS for verb in VERBS} | {f"admin:{name}" for name in ADMIN_PAGES}
    # Two of Django's own without a name: the old address of an object, and whatever the admin does not know.
    old = re.compile(r"admin/(\w+/\w+/<path:object_id>/|\(\?P<url>\.\*\)\$)")
    found = {name for name, path in walked(get_resolver()) if not old.fullmatch(path)}
    assert sorted(found - known) == []
    assert sorted(known - found - {f"admin:auth_group_{verb}" for verb in VERBS}) == []


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_what_a_role_may_open(role, visit, objects):
    visitor, wrong, changed = visit(role), [], []
    for page in PAGES:
        if not page.get or page.name == DRAWN:
            continue
        where, written = address(page, objects), set()

        def watch(execute, sql, params, many, context, written=written):
            written |= {match.group(1)} if (match := WRITES.match(sql)) else set()
            return execute(sql, params, many, context)

        with undone(), connection.execute_wrapper(watch):
            response = visitor.get(where)
            told = outcome(response)
            if response.streaming:
                list(response.streaming_content)
        if told != expected(page, role):
            wrong.append(f"{where}: {told}, expected {expected(page, role)}")
        if written - TRACES - page.writes:
            changed.append((where, written))
    assert wrong == []
    assert changed == []


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
def test_what_a_role_may_send(role, visit, objects):
    visitor, wrong = visit(role), []
    for page in PAGES:
        if page.post is None or page.public or page.name == DRAWN:
            continue
        where = address(page, objects)
        data = {
            key: [objects[word] for word in value] if isinstance(value, list) else value
            for key, value in page.data.items()
        }
        with undone():
            told = outcome(visitor.post(where, data))
        if page.name == "accounts:logout":
            visitor = visit(role)
            continue
        if role == ANONYMOUS:
            good = told == "login"
        elif role in page.post:
            good = told not in ("login", 403, 404, 405) and told < 500
        else:
            good = told == (404 if role in page.hidden else 403)
        if not good:
            wrong.append(f"{where}: {told}")
    assert wrong == []


def test_a_form_without_its_token_is_refused(city, objects):
    for username in ("scjgj_lr", "scjgj_sh", "xyb", "sjy"):
        client = Client(enforce_csrf_checks=True)
        client.force_login(city.user(username))
        wrong = []
        for page in PAGES:
            if page.post is not None and page.csrf:
                told = client.post(address(page, objects), {"reason": "示例"}).status_code
                wrong += [(address(page, objects), told)] if told != 403 else []
        assert wrong == []


@pytest.mark.parametrize("role", [ANONYMOUS, "clerk", "auditor"])
def test_an_address_takes_no_other_method_than_its_own(role, visit, objects):
    visitor, wrong = visit(role), []
    for page in PAGES:
        if page.name == "accounts:login":  # the framework's own page takes PUT as POST
            continue
        methods = ["put", "patch", "delete"]
        methods += [] if page.post is not None or page.name == "accounts:login" else ["post"]
        methods += [] if page.get else ["get"]
        where = address(page, objects)
        for method in methods:
            with undone():
                told = outcome(getattr(visitor, method)(where))
            # Who may not see an address at all is told so before the method is looked at.
            if told not in ({401} if page.status == 401 else {405, "login", 403, 404}):
                wrong.append(f"{method} {where}: {told}")
    assert wrong == []


@pytest.mark.parametrize("role", [ANONYMOUS, "clerk", "office", "system", "security", "auditor"])
def test_the_admin_opens_only_to_those_who_manage(role, visit, objects):
    visitor, wrong = visit(role), []
    for name, where, may in admin_pages(objects):
        if name not in ("changelist", "export"):
            continue
        with undone():
            opened = visitor.get(where).status_code == 200
        if opened != (role in may):
            wrong.append(f"{where}: {'open' if opened else 'closed'}")
    assert wrong == []
