"""Every address of the platform against every role: allowed, refused, not found, or sent to the log-in page."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLResolver

from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure
from records.actions import propose_merge
from records.models import CatalogueEntry, CreditRecord, EntryDraft, Subject
from records.tests.imports.samples import as_csv, bring, penalty, person_penalty
from tests.role_table import (
    ADMIN_PAGES,
    ANONYMOUS,
    MODELS,
    NOBODY,
    NOT_ADDED,
    PAGES,
    ROLES,
    Page,
)

WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# A look at data leaves its trace, and so does having been here; neither is a change of what the platform holds.
TRACES = {"django_session", "audit_entry"}
VERBS = ("changelist", "add", "history", "delete", "change", "do")


@pytest.fixture
def objects(city) -> dict[str, Any]:
    """One object of the market bureau for each word in angle brackets."""
    clerk, reviewer = city.user("scjgj_lr"), city.user("scjgj_sh")
    mine = Disclosure.objects.of_department(clerk.department_id)
    shown = mine.filter(state="published", kind="penalty").first()
    bring(as_csv([person_penalty(9003, clerk.department)]), "零.csv", clerk.department, clerk)
    person = CreditRecord.objects.filter(subject__kind="person").latest("pk")
    assert person.source_department == clerk.department
    first, second = Subject.objects.filter(kind="legal").order_by("pk")[:2]
    entry = CatalogueEntry.objects.select_related("version", "item").filter(standard="penalty-2018").first()
    draft = EntryDraft.objects.create(
        token=uuid.uuid4(), author=clerk, department=clerk.department, standard="penalty-2018", data={}
    )
    bad = penalty(9001, clerk.department, CF_JDRQ="2062-01-01")
    good = penalty(9002, clerk.department)
    unknown = as_csv([good]).decode("utf-8-sig").replace("违法事实", "案情").encode()
    made = {
        "<batch>": bring(as_csv([bad]), "一.csv", clerk.department, clerk),
        "<simulation>": bring(as_csv([good]), "二.csv", clerk.department, clerk, simulate=True),
        "<mapping>": bring(unknown, "三.csv", clerk.department, clerk),
    }
    assert [batch.state for batch in made.values()] == ["done", "done", "mapping"]
    return {word: batch.pk for word, batch in made.items()} | {
        "<entry>": AuditEntry.objects.order_by("pk").values_list("pk", flat=True)[0],
        "<draft>": draft.token,
        "<record>": shown.record_id,
        "<person record>": person.pk,
        "<subject>": first.pk,
        "<person>": person.subject_id,
        "<merge>": propose_merge(first, second, by=reviewer, reason="同一主体").pk,
        "<edition>": entry.version.code,
        "<item>": entry.item.code,
        "<draft item>": mine.filter(state="draft", kind="penalty").first().pk,
        "<submitted item>": mine.filter(state="submitted").first().pk,
        "<shown item>": shown.pk,
        "<public id>": shown.public_id,
        "<code>": first.code,
    }


@pytest.fixture
def visit(client: Client, city) -> Any:
    """`visit(role)` signs the client in."""

    def as_role(role: str) -> Client:
        client.logout()
        if role != ANONYMOUS:
            client.force_login(city.user(ROLES[role]))
        return client

    return as_role


def address(page: Page, objects: dict[str, Any]) -> str:
    args = [objects.get(arg, arg) if isinstance(arg, str) else arg for arg in page.args]
    return (reverse(page.name, args=args) if ":" in page.name or page.name.isalpha() else f"/{page.name}") + page.query


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


# Whose the made-up person's record is, is drawn by lot; who may see its number is held by records/tests/test_looks.py.
DRAWN = "records:number"


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


def admin_pages(objects: dict[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Name, address and who may open it."""
    from django.apps import apps

    for model, may in MODELS.items():
        first = apps.get_model(model.replace("_", ".", 1)).objects.order_by("pk").values_list("pk", flat=True).first()
        for verb in VERBS:
            args: list[object] = [] if verb in ("changelist", "add") else [first or 0, *(["nothing"] * (verb == "do"))]
            nobody = verb in ("delete", "do") or (verb == "add" and model in NOT_ADDED)
            try:
                yield verb, reverse(f"admin:{model}_{verb}", args=args), NOBODY if nobody else may
            except NoReverseMatch:
                assert model == "auth_group"
    for name, who in ADMIN_PAGES.items():
        if who is not None:
            yield name, reverse(f"admin:{name}"), who


@pytest.mark.parametrize("role", [ANONYMOUS, "clerk", "office", "system", "security", "auditor"])
def test_the_admin_opens_only_to_those_who_manage(role, visit, objects):
    visitor, wrong = visit(role), []
    for name, where, may in admin_pages(objects):
        if name != "changelist":
            continue
        with undone():
            opened = visitor.get(where).status_code == 200
        if opened != (role in may):
            wrong.append(f"{where}: {'open' if opened else 'closed'}")
    assert wrong == []
