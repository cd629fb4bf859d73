"""Walking the pages gives every row once, forwards and back, whatever the order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, F, Value
from django.db.models.functions import NullIf
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_platform.web.errors import BadRequest
from credit_platform.web.keyset import CappedCount, KeysetPage, capped_count
from credit_platform.web.models import SentForm

pytestmark = pytest.mark.django_db
START = timezone.now()
COLUMNS = ["action_flag", "object_id", "action_time", "content_type", "content_type__model"]
rows_of_a_table = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(st.none(), st.sampled_from(["a", "b", "%_", "甲"])),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=14,
)
orders = st.lists(st.tuples(st.sampled_from(COLUMNS), st.booleans()), max_size=3, unique_by=lambda term: term[0])


@pytest.fixture
def user(db):
    return get_user_model().objects.create(username="walker")


def walk(queryset, order, size):
    """All pages from the first to the last, then back from there: two lists of lists."""
    page = KeysetPage(queryset, order, size=size)
    forwards = [list(page)]
    while page.has_next:
        page = KeysetPage(queryset, order, cursor=page.next_cursor, size=size)
        forwards.append(list(page))
    backwards = [list(page)]
    while page.has_previous:
        page = KeysetPage(queryset, order, cursor=page.previous_cursor, size=size)
        backwards.insert(0, list(page))
    return forwards, backwards


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows_of_a_table, terms=orders, size=st.integers(1, 5))
def test_every_row_comes_once_in_the_order_of_postgresql(user, rows, terms, size):
    LogEntry.objects.all().delete()
    kind = ContentType.objects.order_by("pk").first()
    LogEntry.objects.bulk_create(
        LogEntry(
            user=user, action_flag=flag, object_id=text, action_time=START + timedelta(days=days),
            content_type=kind if typed else None,
        )
        for flag, text, days, typed in rows
    )  # fmt: skip
    order = tuple(("-" if descending else "") + name for name, descending in terms)
    tail = "-pk" if order and order[-1].startswith("-") else "pk"
    columns = [F(name.lstrip("-")).desc() if name.startswith("-") else F(name).asc() for name in (*order, tail)]
    expected = list(LogEntry.objects.order_by(*columns).values_list("pk", flat=True))

    forwards, backwards = walk(LogEntry.objects.select_related("content_type"), order, size)

    assert [row.pk for page in forwards for row in page] == expected
    assert [row.pk for page in backwards for row in page] == expected
    assert all(len(page) == size for page in forwards[:-1])


def make(number, url=""):
    return SentForm.objects.bulk_create([SentForm(result_url=url) for _ in range(number)])


def test_an_annotation_that_can_be_null_orders_too():
    make(3)
    make(4, "/x/")
    queryset = SentForm.objects.annotate(where=NullIf(F("result_url"), Value(""), output_field=CharField()))
    for order in (("where",), ("-where",)):
        forwards, backwards = walk(queryset, order, 2)
        assert len({row.pk for page in forwards for row in page}) == 7
        assert [row.where for row in forwards[0]] == (["/x/", "/x/"] if order == ("where",) else [None, None])
        assert forwards == backwards


def test_there_is_neither_offset_nor_count_and_one_row_comparison():
    make(5)
    cursor = KeysetPage(SentForm.objects.all(), ("-sent_at",), size=2).next_cursor
    with CaptureQueriesContext(connection) as queries:
        page = KeysetPage(SentForm.objects.all(), ("-sent_at",), cursor=cursor, size=2)
        assert len(page) == 2
        assert page.has_next
        assert page.has_previous
    (query,) = [entry["sql"] for entry in queries]
    assert "OFFSET" not in query
    assert "COUNT" not in query
    assert '("web_sentform"."sent_at", "web_sentform"."token") < (' in query


def test_rows_that_vanish_between_two_pages_lose_nobody():
    make(6)
    first = KeysetPage(SentForm.objects.all(), ("pk",), size=2)
    SentForm.objects.filter(pk=first.items[-1].pk).delete()
    second = KeysetPage(SentForm.objects.all(), ("pk",), cursor=first.next_cursor, size=2)
    everything = list(SentForm.objects.order_by("pk"))
    assert list(second) == everything[1:3]


def test_a_page_whose_rows_are_all_gone_leads_back():
    make(4)
    first = KeysetPage(SentForm.objects.all(), ("pk",), size=2)
    cursor = first.next_cursor
    SentForm.objects.exclude(pk__in=[row.pk for row in first]).delete()
    empty = KeysetPage(SentForm.objects.all(), ("pk",), cursor=cursor, size=2)
    assert not empty.items
    assert not empty.has_next
    back = KeysetPage(SentForm.objects.all(), ("pk",), cursor=empty.previous_cursor, size=2)
    assert [row.pk for row in back] == [first.items[0].pk]


@pytest.mark.parametrize("cursor", ["1", "x" * 5000, "a:b:c", "\x00", "WyJuIl0:1abcde:xyz", "信"])
def test_a_cursor_that_is_not_ours_is_a_bad_request(cursor):
    with pytest.raises(BadRequest) as caught:
        KeysetPage(SentForm.objects.all(), ("pk",), cursor=cursor)
    assert caught.value.status == 400
    assert "翻页" in caught.value.text


def test_a_cursor_of_another_order_is_a_bad_request():
    make(3)
    cursor = KeysetPage(SentForm.objects.all(), ("sent_at",), size=1).next_cursor
    with pytest.raises(BadRequest):
        KeysetPage(SentForm.objects.all(), ("-sent_at",), cursor=cursor, size=1)


def test_a_count_is_exact_up_to_its_cap():
    make(12)
    assert capped_count(SentForm.objects.all(), cap=12) == CappedCount(12, False)
    assert str(capped_count(SentForm.objects.all(), cap=11)) == "11+"
    assert str(CappedCount(10_000, True)) == "10,000+"
    assert not capped_count(SentForm.objects.none())
