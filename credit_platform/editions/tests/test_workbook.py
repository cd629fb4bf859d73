"""The pages of a list in the administration: the workbook all or nothing after its preview, buttons, forms, the comparison."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from credit_platform.accounts.tests import factories as people
from credit_platform.audit.models import AuditEntry
from credit_platform.editions.tests import factories
from credit_platform.editions.tests.toy.lists import BOOK, TOYS
from credit_platform.editions.tests.toy.models import ToyEdition, ToyEntry
from credit_platform.editions.workbook.plan import plan, take
from credit_platform.editions.workbook.read import MAX_FILE, MAX_ROWS, checked, content_of
from credit_platform.editions.workbook.write import workbook
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.urls("credit_platform.editions.tests.toy.urls")]
EDITIONS, ENTRIES = "/toys/admin/toylist/toyedition/", "/toys/admin/toylist/toyentry/"
UPLOAD = f"{EDITIONS}upload/"


@pytest.fixture(autouse=True)
def _entrance(settings):
    """The toy's administration is reached like that of the house."""
    settings.LOGIN_URL = "/accounts/login/"


@pytest.fixture
def simon(client, simon_system_admin):
    client.force_login(simon_system_admin)
    return client


@pytest.fixture
def draft() -> ToyEdition:
    first = factories.EntryFactory(toy__code="T-1", toy__name="甲", basis="=1+1\n第二行", position=1)
    factories.EntryFactory(edition=first.edition, toy__code="T-2", toy__name="乙", position=2)
    return first.edition


def sheet(*rows: dict[str, object], before: int = 0) -> bytes:
    """A workbook as people make it: the header below some lines."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    for line in range(before):
        page.write_string(line, 0, "关于报送清单的说明")
    labels = list(dict.fromkeys(label for row in rows for label in row))
    page.write_row(before, 0, labels)
    for number, row in enumerate(rows, start=before + 1):
        page.write_row(number, 0, [row.get(label, "") for label in labels])
    book.close()
    return buffer.getvalue()


def rows_of(edition: ToyEdition) -> list[dict[str, object]]:
    labels = {column.name: column.label for column in BOOK.all}
    return [{labels[name]: cell for name, cell in BOOK.shown(entry).items()} for entry in TOYS.of(edition)]


def send(client, edition, data: bytes):
    return client.post(UPLOAD, {"edition": edition.code, "file": SimpleUploadedFile("清单.xlsx", data)})


def given(data: bytes):
    return checked(BOOK, content_of(BOOK, data, "清单.xlsx"))


def test_what_was_downloaded_changes_nothing(simon, draft):
    page = simon.get(f"{EDITIONS}workbook/", {"edition": draft.code})
    assert "no-store" in page["Cache-Control"]
    rows, problems = given(page.content)
    assert problems == []
    assert [row.values["basis"] for row in rows] == ["=1+1\n第二行", "示例办法"]
    assert plan(BOOK, draft, rows).changes.same == 2
    template = simon.get(f"{EDITIONS}workbook/")
    assert "没有数据" in given(template.content)[1][0].text


def test_a_workbook_is_previewed_and_taken_once(simon, draft):
    first, _ = rows_of(draft)
    new = first | {"事项编码": "T-3", "事项名称": "丙", "序号": 3}
    preview = send(simon, draft, sheet(first | {"期限（月）": 24}, new, before=2))
    assert "新增 1 项，取消 1 项，调整 1 项，未变 0 项" in preview.text
    assert sorted(draft.entries.values_list("toy__code", flat=True)) == ["T-1", "T-2"]
    sealed = preview.context["sealed"]
    assert simon.post(UPLOAD, {"sealed": sealed}).status_code == 302
    assert sorted(draft.entries.values_list("toy__code", "months")) == [("T-1", 24), ("T-3", 12)]
    assert AuditEntry.objects.get(verb="toys.upload").after == {"added": 1, "changed": 1, "removed": 1}
    told = simon.post(UPLOAD, {"sealed": sealed}, follow=True)
    assert "预览之后清单又有修改" in told.text
    told = simon.post(UPLOAD, {"sealed": f"{sealed}x"}, follow=True)
    assert "预览已失效" in told.text
    assert draft.entries.count() == 2


def test_what_was_previewed_is_not_taken_by_an_edition_issued_since(simon, draft, simon_system_admin):
    sealed = send(simon, draft, sheet(*rows_of(draft)[:1])).context["sealed"]
    TOYS.issue(draft, by=simon_system_admin)
    assert "已发布" in simon.post(UPLOAD, {"sealed": sealed}, follow=True).text
    assert draft.entries.count() == 2


def test_every_mistake_is_listed_and_nothing_is_taken(simon, draft):
    first, second = rows_of(draft)
    wrong = first | {"种类": "随意", "期限（月）": "一年"}
    page = send(simon, draft, sheet(wrong, first, second | {"种类": "应当", "期限（月）": "", "事项名称": "乙"}))
    assert page.status_code == 422
    for words in ("C列 种类", "没有这个选项", "大于 0", "与第2行的事项编码重复", "须填写期限"):
        assert words in page.text
    renamed = send(simon, draft, sheet(first, second | {"事项名称": "改了名"}))
    assert "编码“T-2”的事项名称是“乙”" in renamed.text
    assert "sealed" not in page.text + renamed.text
    assert [entry.months for entry in TOYS.of(draft)] == [12, 12]


def test_a_failure_on_the_way_takes_nothing(draft, monkeypatch):
    first, _ = rows_of(draft)
    rows, _ = given(sheet(first | {"期限（月）": 24}))
    seen = plan(BOOK, draft, rows).stamp

    def fail(*_: object, **__: object) -> None:
        raise Refused("toys.broken", "到此为止。")

    monkeypatch.setattr(type(TOYS), "remove_entry", fail)
    with pytest.raises(Refused):
        take(BOOK, draft, rows, by=people.SystemAdminFactory(), seen=seen)
    assert [entry.months for entry in TOYS.of(draft)] == [12, 12]


def test_a_column_that_is_not_there_changes_nothing(draft):
    rows, problems = given(
        sheet(*({name: row[name] for name in ("事项编码", "事项名称", "种类")} for row in rows_of(draft)))
    )
    assert (problems, plan(BOOK, draft, rows).changes.same) == ([], 2)


def test_a_required_column_is_missed_and_a_double_one_told(draft):
    first, _ = rows_of(draft)
    _, problems = given(sheet({name: first[name] for name in ("事项编码", "事项名称", "序号")}))
    assert "缺少必填的栏目：种类" in problems[0].text
    _, problems = given(sheet(first | {"*种 类（必填）": "应当"}))
    assert "“种类”有两列" in problems[0].text


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken", sheet({"甲": "1", "乙": "2"})])
def test_what_is_no_list_is_refused(simon, draft, data):
    assert send(simon, draft, data).status_code == 422
    assert draft.entries.count() == 2


def test_the_limits_of_a_file(draft):
    row = {"事项编码": "T-1", "事项名称": "甲", "种类": "可以"}
    rows, _ = given(sheet(*([row] * MAX_ROWS)))
    assert len(rows) == 1
    with pytest.raises(Refused, match=f"超过 {MAX_ROWS} 行"):
        given(sheet(*([row] * (MAX_ROWS + 1))))
    with pytest.raises(Refused, match="不像是"):
        content_of(BOOK, b" " * (MAX_FILE + 1), "清单.csv")


def test_only_whoever_draws_up_the_list_takes_a_workbook(draft):
    rows, _ = given(workbook(BOOK, draft))
    with pytest.raises(Forbidden):
        take(BOOK, draft, rows, by=people.ClerkFactory(), seen=plan(BOOK, draft, rows).stamp)
    with pytest.raises(Conflict):
        take(BOOK, draft, rows, by=people.SystemAdminFactory(), seen="of another draft")


@pytest.mark.parametrize("who", ["alice_clerk", "carol_credit_office", "sarah_security_admin", "arthur_auditor"])
def test_nobody_else_opens_it(who, client, draft, request):
    client.force_login(request.getfixturevalue(who))
    for address in (EDITIONS, ENTRIES, UPLOAD, f"{EDITIONS}workbook/", f"{EDITIONS}compare/"):
        assert client.get(address).status_code in (302, 403)


def test_an_edition_is_copied_changed_and_issued_by_form(simon):
    former = factories.EntryFactory(edition=factories.IssuedEditionFactory())
    made = {"code": "next", "name": "新版", "basis": "示例", "valid_from": "2030-01-01", "copy_from": former.edition.pk}
    assert simon.post(f"{EDITIONS}add/", made).status_code == 302
    entry = ToyEntry.objects.get(edition__code="next")
    page = f"{ENTRIES}{entry.pk}/change/"
    unsound = simon.post(page, {"kind": "must", "months": "", "position": 0})
    assert "应当采取的须填写期限。" in unsound.text
    assert simon.post(page, {"kind": "must", "months": 6, "position": 0}).status_code == 302
    entry.refresh_from_db()
    assert (entry.kind, entry.months) == ("must", 6)
    compared = simon.get(f"{EDITIONS}compare/", {"from": "issued", "to": "next"})
    assert "调整 1 项" in compared.text
    assert simon.post(f"{EDITIONS}{entry.edition_id}/do/issue/", {"reason": "批准"}).status_code == 302
    assert ToyEdition.objects.get(code="next").state == "issued"
    assert simon.post(page, {"kind": "may", "months": 6, "position": 0}).status_code == 403
    assert simon.get(page).status_code == 200
    assert simon.post(f"{ENTRIES}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    listed = simon.get(EDITIONS).text
    assert "自2030年1月1日起施行" in listed
    assert "上传" not in listed


def test_the_comparison_takes_what_may_be_seen(client):
    assert "至少要有两个版本" in client.get("/toys/compare/").text
    factories.EntryFactory(edition=factories.IssuedEditionFactory())
    factories.EntryFactory(edition=factories.RepealedEditionFactory(valid_from=factories.SECOND))
    factories.DraftEditionFactory()
    page = client.get("/toys/compare/")
    assert "与“现行的清单”相比，“废止的清单”" in page.text
    assert "编制中的清单" not in page.text
    assert client.get("/toys/compare/", {"from": "draft"}).status_code == 422
    assert "与“废止的清单”相比，“现行的清单”" in client.get("/toys/compare/", {"to": "issued"}).text
