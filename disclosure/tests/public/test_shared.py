"""A page that was made for one visitor is given to the next, and never once what it shows has changed."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.freshness.actions import gather
from credit_platform.freshness.queries import number
from disclosure.models import Disclosure
from disclosure.rules.states import State
from disclosure.tests.factories import DisclosureFactory
from disclosure.tests.public import factories as made

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/disclosure/permits/"


@pytest.fixture(autouse=True)
def nothing_stored():
    cache.clear()
    yield
    cache.clear()


def statements(path: str, **options) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Client().get(path, **options).status_code == 200
    return len(asked)


def change(row: Disclosure, **values: object) -> None:
    if values.get("state") == State.WITHDRAWN:
        values |= {"ended_why": "决定撤销"}
    with acting(SYSTEM):
        Disclosure.objects.filter(pk=row.pk).update(**values)


def test_the_second_visitor_costs_one_statement():
    row = made.ShownPermitFactory()
    for path in ("/", LIST, f"/disclosure/{row.public_id}/", f"/subjects/{row.subject.code}/", "/search/?q=示例"):
        first = Client().get(path)
        with CaptureQueriesContext(connection) as asked:
            again = Client().get(path)
        assert len(asked) == 1, path
        assert again.content == first.content, path
        assert set(again.headers.items()) ^ set(first.headers.items()) <= {
            ("X-Request-ID", each["X-Request-ID"]) for each in (first, again)
        }
        assert Client().get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("state", [State.SUSPENDED, State.WITHDRAWN, State.ENDED, State.REPAIRED])
def test_what_has_left_the_public_is_in_no_answer_that_begins_later(state):
    row = made.ShownPermitFactory()
    paths = (LIST, f"/disclosure/{row.public_id}/", f"/subjects/{row.subject.code}/")
    for path in paths:
        assert row.document_number in Client().get(path).content.decode()
    change(row, state=state)
    for path in paths:
        assert row.document_number not in Client().get(path).content.decode(), path


def test_what_the_public_does_not_see_makes_no_page_old():
    row = made.ShownPermitFactory()
    draft = DisclosureFactory()
    Client().get(LIST)
    before = number("default")
    change(draft, late_reason="系统故障")
    assert number("default") == before
    change(row, marks=["disputed"])
    assert number("default") == before + 1
    assert statements(LIST) > 1


def test_a_change_that_is_taken_back_was_none():
    row = made.ShownPermitFactory()
    before = number("default")
    with acting(SYSTEM), transaction.atomic():
        change(row, state=State.SUSPENDED)
        assert number("default") is None, "a view of its own is stored for nobody"
        transaction.set_rollback(True)
    assert number("default") == before


def test_gathered_marks_count_as_much():
    before = number("default")
    change(made.ShownPermitFactory(), marks=["disputed"])
    after = number("default")
    assert after > before
    gather()
    gather()
    assert number("default") == after
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM freshness_changemark")
        assert cursor.fetchone() == (0,)


def test_what_is_a_visitor_s_own_is_neither_stored_nor_given(client):
    made.ShownPermitFactory()
    plain = Client().get(LIST).content
    client.cookies[settings.SESSION_COOKIE_NAME] = "abc"
    with CaptureQueriesContext(connection) as asked:
        assert client.get(LIST)["Cache-Control"].startswith("private,")
    assert len(asked) > 1
    large = Client()
    large.cookies["large_type"] = "1"
    assert large.get(LIST).content != plain


def test_another_day_is_another_page(monkeypatch):
    row = made.ShownPermitFactory(ends_on=made.TODAY)
    midnight = timezone.make_aware(datetime.combine(made.TODAY + timedelta(days=1), time()))
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight - timedelta(seconds=5))
    assert row.document_number in Client().get(LIST).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight)
    assert row.document_number not in Client().get(LIST).content.decode()


def test_under_load_no_answer_begun_after_the_withdrawal_shows_it():
    rows = made.ShownPermitFactory.create_batch(3)
    ended: set[str] = set()
    wrong: list[str] = []
    done = threading.Event()

    def look() -> None:
        try:
            while not done.is_set():
                gone = set(ended)  # committed before this answer begins
                page = Client().get(LIST).content.decode()
                wrong.extend(each for each in gone if each in page)
        finally:
            connection.close()

    visitors = [threading.Thread(target=look) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    try:
        for row in rows:
            threading.Event().wait(0.3)
            change(row, state=State.WITHDRAWN)
            ended.add(row.document_number)
            gather()
        threading.Event().wait(0.3)
    finally:
        done.set()
        for visitor in visitors:
            visitor.join()
    assert wrong == []
