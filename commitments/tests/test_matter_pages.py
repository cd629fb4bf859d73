"""The public pages of the list of matters: in force only, on its terms, with its texts and their changes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from commitments.lists.rules import words
from commitments.models import LetterTemplate, MatterEntry
from commitments.tests import cases
from credit_platform.accounts.tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
LIST = "/commitments/matters/"


@pytest.fixture
def entry(today: date) -> MatterEntry:
    entry = cases.EntryFactory(
        matter__code="SX-01",
        online=True,
        who="近三年没有违诺记录的申请人。",
        notice="现场须与图纸一致。",
        basis="示例条例第三条",
    )
    entry.measures.add(
        cases.MeasureFactory(code="CS1", name="撤销许可决定", kind="revoke", months=None, after_unfulfilled=False),
        cases.MeasureFactory(code="CS2", name="限期整改", kind="rectify", months=None, after_false=False),
    )
    return entry


def text_of(entry: MatterEntry, version: int, body: str, **more: object) -> LetterTemplate:
    given = {"state": "issued", "valid_from": date(2020, 1, 1), "title": "承诺书", "liability": "愿意承担责任。"} | more
    return LetterTemplate.objects.create(matter=entry.matter, version=version, body=body, **given)


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_holds_what_is_in_force(client: Client, entry: MatterEntry) -> None:
    draft = cases.MatterListFactory(code="draft", state="draft")
    cases.EntryFactory(edition=draft, matter__name="尚未发布的事项")
    cases.EntryFactory(matter__name="已到期的事项", valid_until=date(2026, 11, 22))
    told = page(client, LIST)
    assert entry.matter.name in told
    assert "尚未发布的事项" not in told
    assert "已到期的事项" not in told
    assert "共 1 项" in told


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "食品 SX-01"}, 1),
        ({"q": "药品"}, 0),
        ({"online": "yes"}, 1),
        ({"online": "no"}, 1),
        ({"type": "shortfall"}, 1),
        ({"kind": "service"}, 0),
        ({"department": "other"}, 1),
    ],
)
def test_filters(client: Client, entry: MatterEntry, query: dict[str, str], count: int) -> None:
    cases.EntryFactory(
        matter__name="不动产登记",
        commitment_type="shortfall",
        shortfall_after=20,
        department=DepartmentFactory(code="other"),
    )
    told = page(client, LIST, **query)
    assert (f"共 {count} 项" if count else "没有符合条件的事项") in told


def test_a_mistaken_filter_is_told(client: Client, entry: MatterEntry) -> None:
    assert client.get(LIST, {"type": "made-up"}).status_code == 422


def test_there_may_be_no_list(client: Client, db: None) -> None:
    assert "现在没有施行中的承诺事项清单" in page(client, LIST)


@pytest.mark.parametrize("sort", ["list", "name", "department"])
def test_pages_follow_one_another(client: Client, entry: MatterEntry, sort: str) -> None:
    for number in range(24):
        cases.EntryFactory(matter__code=f"M{number:02}", matter__name=f"事项{number % 5}", position=number % 3)
    first = client.get(LIST, {"size": "20", "sort": sort}).context["listing"].page
    rest = client.get(LIST, {"size": "20", "sort": sort, "cursor": first.next_cursor}).context["listing"].page
    assert len({row.pk for row in [*first.items, *rest.items]}) == 25


def test_the_export_is_what_is_filtered(client: Client, entry: MatterEntry) -> None:
    cases.EntryFactory(matter__name="=HYPERLINK(1)", online=False)
    lines = b"".join(client.get(LIST, {"export": "csv", "online": "no"}).streaming_content).decode("utf-8-sig")
    assert lines.count("\r\n") == 2
    assert "'=HYPERLINK(1)" in lines
    workbook = client.get(LIST, {"export": "xlsx"})
    assert b"".join(workbook.streaming_content)[:2] == b"PK"


def test_a_matter_is_told_on_its_terms(client: Client, entry: MatterEntry) -> None:
    text_of(
        entry,
        1,
        "本人{{name}}承诺属实。",
        blanks=[{"name": "name", "label": "申请人名称", "kind": "text", "required": True}],
    )
    told = page(client, f"{LIST}sx-01/")
    assert "承诺之日起60个工作日内首次复核，此后每6个月一次，并按10%的比例随机抽查。" in told
    for words_ in (
        "近三年没有违诺记录的申请人。",
        "现场须与图纸一致。",
        "本人【申请人名称】承诺属实。",
        "示例条例第三条",
        "国办发〔2020〕42号",
    ):
        assert words_ in told
    false, _, unfulfilled = told.partition("<h3>虚假承诺</h3>")[2].partition("<h3>未履行承诺</h3>")
    assert "撤销许可决定" in false
    assert "限期整改" not in false
    assert "限期整改" in unfulfilled.partition("<h2>")[0]


def test_earlier_texts_are_shown_with_their_changes(client: Client, entry: MatterEntry) -> None:
    text_of(entry, 1, "六十日内开业。保证安全。", valid_until=date(2021, 12, 31))
    text_of(entry, 2, "九十日内开业。保证安全。", valid_from=date(2022, 1, 1))
    text_of(entry, 3, "草稿的文字。", state="draft", valid_from=date(2027, 1, 1))
    assert "草稿的文字" not in page(client, f"{LIST}SX-01/", version="3")
    told = page(client, f"{LIST}SX-01/", version="1")
    assert "〔删〕</span>六</del>" in told
    assert "〔增〕</span>九</ins><span>十日内开业。保证安全。" in told


def test_a_matter_out_of_force_says_so(client: Client, entry: MatterEntry) -> None:
    MatterEntry.objects.filter(pk=entry.pk).update(valid_until=date(2026, 11, 1))
    told = page(client, f"{LIST}SX-01/")
    assert "自2026年11月1日后不再列入清单" in told
    assert "在线签署承诺书" not in told


def test_only_what_was_issued_has_a_page(client: Client, today: date) -> None:
    cases.EntryFactory(edition=cases.MatterListFactory(code="draft", state="draft"), matter__code="NEW")
    assert client.get(f"{LIST}NEW/").status_code == 404
    assert client.get(f"{LIST}NONE/").status_code == 404


def test_issued_editions_are_compared(client: Client, entry: MatterEntry) -> None:
    assert "至少要有两个" in page(client, f"{LIST}compare/")
    newer = cases.MatterListFactory(code="list-2027", name="第二版清单", valid_from=date(2027, 1, 1))
    cases.MatterListFactory(code="draft", state="draft", name="草稿清单")
    changed = cases.EntryFactory(edition=newer, matter=entry.matter, department=entry.department, first_after=90)
    changed.measures.set(entry.measures.all())
    cases.EntryFactory(edition=newer, matter__name="新增的事项")
    told = page(client, f"{LIST}compare/", **{"from": "list-2020", "to": "list-2027"})
    assert "新增 1 项，取消 0 项，调整 1 项，未变 0 项" in told
    assert "60个工作日" in told
    assert "90个工作日" in told
    assert "草稿清单" not in told
    assert client.get(f"{LIST}compare/", {"from": "draft", "to": "list-2020"}).status_code == 422
    assert "自2027年1月1日起施行" in page(client, LIST)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("60个工作日", "6个月", "10%"), "承诺之日起60个工作日内首次复核，此后每6个月一次，并按10%的比例随机抽查。"),
        (("30日", "", ""), "承诺之日起30日内首次复核。"),
        (("", "", ""), "不安排定期复核。"),
    ],
)
def test_review_rules_in_words(given: tuple[str, str, str], told: str) -> None:
    assert words.review_rule(*given) == told
