"""What anybody reads of lists: the lists with their law, who stands on one, its file and feed, the page of an entry; and the nightly reading."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import CreditOfficeFactory, ReviewerFactory
from disclosure.actions.marking import mark
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from patrols.outsider import outsider
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions.lists import actions, reading
from sanctions.lists.actions import Ending
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.work import work
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import (
    TODAY,
    AbnormalListFactory,
    RedListFactory,
    RepealedListFactory,
    SeriousListFactory,
    StandingEntryFactory,
    WaitingListFactory,
    WatchListFactory,
    enter,
    face,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]


def read(client, name: str, *args, status: int = 200, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_door_tells_every_public_list_with_its_law_and_its_count(client):
    row = SeriousListFactory(name="示例工资名单")
    enter(row)
    AbnormalListFactory(name="示例异常名录")
    WaitingListFactory(name="等待施行的名单")
    WatchListFactory(name="重点关注的名单")
    RedListFactory(name="示例红榜")
    page = read(client, "lists-public:lists")
    assert "示例工资名单" in page
    assert "《示例条例》第一条" in page
    assert '<td data-label="在列" class="number">1</td>' in page
    assert "示例异常名录" in page
    assert not {"等待施行的名单", "重点关注的名单", "示例红榜"} & {
        name for name in ("等待施行的名单", "重点关注的名单", "示例红榜") if name in page
    }
    assert "示例红榜" in read(client, "lists-public:red")


def test_a_list_shows_who_stands_on_it_today(client):
    row = SeriousListFactory(code="SY-PUB", conflict_note="两个规定不一致，按本名单办理。")
    stays, leaves = enter(row, given=said(1)), enter(row, given=said(2))
    actions.end(
        leaves, Ending(way=Way.SOURCE, on=TODAY), by=ReviewerFactory(department=leaves.record.source_department)
    )
    page = read(client, "lists-public:list", "SY-PUB")
    assert stays.subject.name in page
    assert leaves.subject.name not in page
    assert "两个规定不一致" in page
    assert "2029年11月23日" in page


def test_search_filters_file_and_feed_say_the_same(client):
    row = SeriousListFactory(code="SY-PUB")
    one, two = enter(row, SubjectFactory(name="哈尔滨甲乙商贸有限公司"), said(1)), enter(row, given=said(2))
    page = read(client, "lists-public:list", "SY-PUB", q="甲乙商贸")
    assert one.subject.name in page
    assert two.subject.name not in page
    file = read(client, "lists-public:list", "SY-PUB", q="甲乙商贸", export="csv")
    (line,) = csv.DictReader(io.StringIO(file))
    assert (line["主体"], line["列入决定文书号"], line["列入事由"]) == (
        one.subject.name,
        one.document_number,
        said().facts,
    )
    feed = read(client, "lists-public:feed", "SY-PUB", q="甲乙商贸")
    assert one.subject.name in feed
    assert two.subject.name not in feed
    assert "期限至2029年11月23日" in feed


def test_a_mark_beside_an_entry_stands_on_list_file_and_feed(client):
    entry = enter(SeriousListFactory(code="SY-PUB"), given=said(1))
    mark(face(entry), put=(Mark.OBJECTION,), by=CreditOfficeFactory(), reason="异议已收到。")
    (line,) = csv.DictReader(io.StringIO(read(client, "lists-public:list", "SY-PUB", export="csv")))
    assert line["标注"] == "异议处理中"
    assert "标注：异议处理中。" in read(client, "lists-public:feed", "SY-PUB")
    assert "异议处理中" in read(client, "lists-public:list", "SY-PUB")


def test_a_feed_is_only_read(client):
    SeriousListFactory(code="SY-PUB")
    assert client.post(reverse("lists-public:feed", args=["SY-PUB"])).status_code == 405


def test_a_mistaken_filter_is_told(client):
    SeriousListFactory(code="SY-PUB")
    assert "请至少输入两个字" in read(client, "lists-public:list", "SY-PUB", q="甲", status=422)


@pytest.mark.parametrize("factory", [WatchListFactory, WaitingListFactory])
def test_what_is_not_public_is_not_there(client, factory):
    row = factory(code="SY-NO")
    read(client, "lists-public:list", row.code, status=404)
    read(client, "lists-public:feed", row.code, status=404)
    read(client, "lists-public:list", "KEINE", status=404)


def test_a_repealed_list_still_shows_who_runs_on(client):
    RepealedListFactory(code="SY-OLD")
    assert "已废止" in read(client, "lists-public:list", "SY-OLD")


def test_the_page_of_an_entry_tells_list_days_and_the_way_out(client):
    row = SeriousListFactory(code="SY-PUB")
    entry = enter(row)
    page = read(client, "public:disclosure", face(entry).public_id)
    for words in ("所在名单", "期限逐日说明", "怎样移出", row.exit_conditions, said().facts, said().basis):
        assert words in page
    for day in ("2026年11月23日", "2027年11月24日", "2029年11月23日"):
        assert day in page
    assert reverse("lists-public:list", args=["SY-PUB"]) in page


def test_no_number_and_no_full_name_of_a_person_is_public(client):
    row, person = SeriousListFactory(code="SY-PUB"), PersonFactory(name="王小明")
    entry = enter(row, person)
    pages = read(client, "lists-public:list", "SY-PUB") + read(client, "public:disclosure", face(entry).public_id)
    pages += read(client, "lists-public:list", "SY-PUB", export="csv")
    assert "王小明" not in pages
    assert "王**" in pages or "王*" in pages


def test_a_patrol_finds_nothing_of_lists_where_nothing_is_wrong():
    enter(SeriousListFactory())
    enter(WatchListFactory())
    assert not list(reading.read(outsider(), TODAY))


def test_a_patrol_tells_what_is_past_its_term_until_it_is_gone():
    entry = enter(SeriousListFactory(code="SY-PUB"), given=said(months=1))
    late = TODAY + timedelta(days=60)
    Disclosure.objects.filter(record=entry.record).update(ends_on=None)
    ListEntry.objects.filter(pk=entry.pk).update(ends_on=None)
    (found,) = reading.read(outsider(), late)
    assert "期限已于2026-12-23届满" in found.what
    Disclosure.objects.filter(record=entry.record).update(state="ended")
    assert not list(reading.read(outsider(), late))


def test_a_department_is_not_told_what_the_credit_office_watches():
    StandingEntryFactory()
    assert work(ReviewerFactory(), TODAY) == []
