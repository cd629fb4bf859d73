"""The lists: every filter, both orders, pages, exports, the feed of the same filter."""

import csv
import html
import io
import re
from datetime import date
from urllib.parse import quote, urljoin

import openpyxl
import pytest

from credit_platform.accounts.tests.factories import DepartmentFactory
from disclosure.tests.public import factories as made
from records.tests import factories as ledger

PATH = "/disclosure/permits/"


def ids(client, **asked):
    answer = client.get(PATH, asked)
    assert answer.status_code == 200
    return [row.public_id for row in answer.context["page"].items]


def test_kinds_do_not_mix(client):
    permit, penalty, act = made.ShownPermitFactory(), made.ShownPenaltyFactory(), made.shown_act()
    assert ids(client) == [permit.public_id]
    assert penalty.public_id in client.get("/disclosure/penalties/").content.decode()
    assert act.public_id in client.get("/disclosure/acts/inspection/").content.decode()


def test_by_authority(client):
    authority = DepartmentFactory(code="spj", name="哈尔滨市示例审批局")
    wanted = made.ShownPermitFactory(record__authority=authority)
    made.ShownPermitFactory()
    assert ids(client, authority="spj") == [wanted.public_id]


def test_by_district(client):
    wanted = made.ShownPermitFactory(district="230103")
    made.ShownPermitFactory(district="230102")
    assert ids(client, district="230103") == [wanted.public_id]


def test_by_year_of_the_decision(client):
    wanted = made.ShownPermitFactory(decided_on=date(2025, 12, 31))
    made.ShownPermitFactory(decided_on=date(2026, 1, 1))
    assert ids(client, year="2025") == [wanted.public_id]


def test_by_days_of_publication_both_included(client):
    rows = [made.ShownPermitFactory(published_on=date(2026, 11, day)) for day in (8, 9, 10, 11)]
    assert ids(client, published_from="2026年11月9日", published_to="2026-11-10") == [
        rows[2].public_id,
        rows[1].public_id,
    ]


def test_by_a_part_of_the_name_a_code_and_a_document_number(client):
    wanted = made.ShownPermitFactory(record__subject__name="哈尔滨太阳岛旅游有限公司")
    made.ShownPermitFactory()
    for words in (
        "太阳岛",
        wanted.subject_code,
        wanted.subject_code.lower(),
        wanted.document_number.replace("〔", "("),
    ):
        assert ids(client, q=words) == [wanted.public_id], words


def test_filters_narrow_together(client):
    wanted = made.ShownPermitFactory(district="230103", decided_on=date(2025, 5, 5))
    made.ShownPermitFactory(district="230103")
    made.ShownPermitFactory(decided_on=date(2025, 5, 5))
    assert ids(client, district="230103", year="2025") == [wanted.public_id]


def test_a_short_word_is_told_at_its_field(client):
    answer = client.get(PATH, {"q": "哈"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请至少输入两个字。" in page
    assert "筛选条件有误，没有查询" in page


def test_too_many_subjects_of_a_name_are_told(client, monkeypatch):
    monkeypatch.setattr("disclosure.public.filters.MOST_SUBJECTS", 2)
    for _ in range(3):
        made.ShownPermitFactory()
    assert "名称中含有这些字的主体较多" in client.get(PATH, {"q": "商贸"}).content.decode()
    assert "名称中含有这些字的主体较多" not in client.get(PATH).content.decode()


def test_both_orders(client):
    early = made.ShownPermitFactory(decided_on=date(2026, 11, 9), published_on=date(2026, 11, 9))
    late = made.ShownPermitFactory(decided_on=date(2026, 11, 1), published_on=date(2026, 11, 12))
    assert ids(client) == [late.public_id, early.public_id]
    assert ids(client, sort="decided") == [early.public_id, late.public_id]


def test_pages_go_on_by_key_and_keep_the_filter(client):
    rows = {made.ShownPermitFactory(district="230103").public_id for _ in range(23)}
    made.ShownPermitFactory(district="230102")
    first = client.get(PATH, {"district": "230103"})
    page = first.context["page"]
    assert "district=230103" in first.content.decode()
    second = ids(client, district="230103", cursor=page.next_cursor)
    assert {row.public_id for row in page.items} | set(second) == rows


def test_an_empty_list_says_what_to_do(client):
    assert "暂无公示信息" in client.get(PATH).content.decode()
    assert "清除筛选条件" in client.get(PATH, {"district": "230103"}).content.decode()


def hostile():
    subject = ledger.SubjectFactory(name='=HYPERLINK("http://x")公司')
    return made.ShownPermitFactory(record__subject=subject)


def test_the_csv_is_the_filtered_list_with_formulas_neutralised(client):
    hostile()
    made.ShownPermitFactory(district="230103")
    answer = client.get(PATH, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert "食品经营许可" in rows[1]


def test_the_workbook_holds_no_formula(client):
    hostile()
    answer = client.get(PATH, {"export": "xlsx"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet.max_row == 2


def test_a_penalty_list_tells_what_was_decided(client):
    made.ShownPenaltyFactory()
    page = client.get("/disclosure/penalties/").content.decode()
    assert "罚款人民币2000元。" in page


def test_the_feed_follows_the_filter_and_keeps_nothing_between_requests(client):
    one, other = made.ShownPermitFactory(district="230103"), made.ShownPermitFactory(district="230102")
    narrowed = client.get("/disclosure/rss/permit.xml", {"district": "230103"}).content.decode()
    assert one.public_id in narrowed
    assert other.public_id not in narrowed
    assert other.public_id in client.get("/disclosure/rss/permit.xml").content.decode()


@pytest.mark.parametrize("kind", ["permit", "penalty", "act-levy"])
def test_a_list_names_its_feed(client, kind):
    path = {"permit": PATH, "penalty": "/disclosure/penalties/", "act-levy": "/disclosure/acts/levy/"}[kind]
    assert f'href="/disclosure/rss/{kind}.xml"' in client.get(path).content.decode()


def test_a_choice_that_is_none_is_told_in_plain_words(client):
    page = client.get("/disclosure/permits/", {"authority": "nobody", "year": "1900"}).content.decode()
    assert page.count("请从列表中选择。") >= 2
    assert "有效的选项" not in page


def test_what_another_site_appended_goes_into_no_link_of_the_list(client):
    made.ShownPermitFactory()
    page = client.get(PATH, {"q": "示例", "from": "timeline"}).content.decode()
    links = [
        html.unescape(found) for found in re.findall(r'href="([^"]*(?:export=csv|rss/permit[^"]*[?][^"]*))"', page)
    ]
    assert len(links) == 2
    assert [client.get(urljoin(PATH, link)).status_code for link in links] == [200, 200]
    assert all(quote("示例") in link and "timeline" not in link for link in links)


def test_a_mistaken_filter_offers_the_feed_of_all(client):
    page = client.get(PATH, {"published_from": "abc"}).content.decode()
    assert 'href="/disclosure/rss/permit.xml"' in page
