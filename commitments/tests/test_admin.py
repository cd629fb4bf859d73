"""The list, the texts and the measures in the administration, and the workbook of an edition: all of it or nothing."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.lists.workbook import WORKBOOK
from commitments.models import LetterTemplate, MatterList, Measure
from commitments.tests import cases
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.editions.workbook.read import checked, content_of
from credit_platform.editions.workbook.write import workbook

pytestmark = pytest.mark.django_db
LISTS, ENTRIES = "/admin/commitments/matterlist/", "/admin/commitments/matterentry/"
TEXTS, MEASURES = "/admin/commitments/lettertemplate/", "/admin/commitments/measure/"


@pytest.fixture
def simon(client: Client, simon_system_admin: User) -> Client:
    client.force_login(simon_system_admin)
    return client


@pytest.fixture
def draft(db: None) -> MatterList:
    edition = cases.MatterListFactory(code="next", name="新版清单", state="draft", valid_from=date(2030, 1, 1))
    entry = cases.EntryFactory(edition=edition, matter__code="SX-1", notice="=1+1", basis="示例\n第二行")
    entry.measures.add(cases.MeasureFactory(code="CS1"))
    cases.EntryFactory(edition=edition, matter__code="SX-2", commitment_type="shortfall", shortfall_after=20)
    return edition


def sheet(*rows: dict[str, object], before: int = 0) -> bytes:
    """A workbook as people make it: the header below some lines."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    labels = list(rows[0])
    for line in range(before):
        page.write_string(line, 0, "关于报送清单的说明")
    page.write_row(before, 0, labels)
    for number, row in enumerate(rows, start=before + 1):
        page.write_row(number, 0, [row.get(label, "") for label in labels])
    book.close()
    return buffer.getvalue()


def rows_of(edition: MatterList) -> list[dict[str, object]]:
    labels = {column.name: column.label for column in WORKBOOK.all}
    return [
        {labels[name]: text for name, text in WORKBOOK.shown(entry).items()} for entry in edition.entries.order_by("pk")
    ]


def send(client: Client, edition: MatterList, data: bytes) -> object:
    return client.post(f"{LISTS}upload/", {"edition": edition.code, "file": SimpleUploadedFile("清单.xlsx", data)})


def test_an_edition_is_copied_changed_and_issued(simon: Client) -> None:
    entry = cases.EntryFactory()
    made = {"code": "next", "name": "新版", "basis": "示例", "valid_from": "2030-01-01", "copy_from": entry.edition.pk}
    assert simon.post(f"{LISTS}add/", made).status_code == 302
    draft = MatterList.objects.get(code="next")
    copied = draft.entries.get()
    values = {name: getattr(copied, name) for name in ("kind", "commitment_type", "subject_kinds", "who", "visibility")}
    values |= {"department": copied.department_id, "first_after": 90, "first_unit": "day", "every_unit": "month"}
    values |= {"notice": "改后的告知", "random_share": "5", "shortfall_unit": "workday", "position": 0}
    assert simon.post(f"{ENTRIES}{copied.pk}/change/", values).status_code == 302
    copied.refresh_from_db()
    assert (copied.first_after, copied.notice) == (90, "改后的告知")
    told = simon.get(f"{LISTS}compare/", {"from": entry.edition.code, "to": "next"}).content.decode()
    assert "调整 1 项" in told
    assert "改后的告知" in told
    assert simon.post(f"{LISTS}{draft.pk}/do/issue/", {"reason": "批准"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert simon.post(f"{ENTRIES}{copied.pk}/change/", values).status_code == 403
    assert simon.post(f"{ENTRIES}{copied.pk}/delete/", {"post": "yes"}).status_code == 403
    assert simon.get(f"{ENTRIES}{copied.pk}/change/").status_code == 200


def test_a_text_is_drawn_up_issued_and_kept(simon: Client) -> None:
    matter = cases.MatterFactory()
    given = {
        "matter": matter.pk,
        "title": "承诺书",
        "body": "本人{{n}}承诺。",
        "liability": "负责。",
        "valid_from": "2026-01-01",
    }
    assert simon.post(f"{TEXTS}add/", given | {"blanks": "[]"}).status_code == 422
    told = simon.post(f"{TEXTS}add/", given | {"blanks": "n｜姓名｜图片"})
    assert "第1行：类型应为文字、日期、数字，填写的是“图片”。" in told.text
    assert simon.post(f"{TEXTS}add/", given | {"blanks": "n｜申请人｜文字｜选填"}).status_code == 302
    text = LetterTemplate.objects.get()
    assert text.blanks == [{"name": "n", "label": "申请人", "kind": "text", "required": False}]
    assert "n｜申请人｜文字｜选填" in simon.get(f"{TEXTS}{text.pk}/change/").text
    assert simon.post(f"{TEXTS}{text.pk}/do/issue/", {"reason": "批准"}).status_code == 302
    assert "n｜申请人｜" in simon.get(f"{TEXTS}{text.pk}/change/").text
    simon.post(f"{TEXTS}{text.pk}/change/", given | {"blanks": "n", "body": "{{n}}改了"})
    text.refresh_from_db()
    assert (text.state, text.body) == ("issued", "本人{{n}}承诺。")
    assert simon.post(f"{TEXTS}{text.pk}/do/retire/", {"reason": ""}).status_code == 422
    assert simon.post(f"{TEXTS}{text.pk}/do/retire/", {"reason": "许可条件已调整"}).status_code == 302
    assert AuditEntry.objects.get(verb="commitments.template.retire").reason == "许可条件已调整"
    assert "许可条件已调整" in simon.get(f"{TEXTS}{text.pk}/history/").content.decode()
    text.refresh_from_db()
    assert text.state == "retired"


def test_a_measure_has_its_basis(simon: Client) -> None:
    given = {
        "code": "CS-9",
        "name": "限期整改",
        "kind": "rectify",
        "after_false": "on",
        "basis": "示例",
        "valid_from": "2026-01-01",
    }
    assert simon.post(f"{MEASURES}add/", given | {"basis": ""}).status_code == 200
    assert simon.post(f"{MEASURES}add/", given).status_code == 302
    assert Measure.objects.get().basis == "示例"


@pytest.mark.parametrize("who", ["alice_clerk", "carol_credit_office", "sarah_security_admin", "arthur_auditor"])
def test_nobody_else_opens_it(who: str, client: Client, draft: MatterList, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in (
        LISTS,
        ENTRIES,
        TEXTS,
        MEASURES,
        *(f"{LISTS}{page}/" for page in ("workbook", "upload", "compare")),
    ):
        assert client.get(address, follow=True).status_code == 403


def test_what_was_downloaded_changes_nothing(draft: MatterList) -> None:
    content = content_of(WORKBOOK, workbook(WORKBOOK, draft), "清单.xlsx")
    given, problems = checked(WORKBOOK, content)
    assert problems == []
    assert [row.cells for row in content.rows] == [
        WORKBOOK.shown(entry) for entry in draft.entries.order_by("matter__code")
    ]
    assert given[0].values["notice"] == "=1+1"


def test_a_workbook_is_taken_with_its_measures(simon: Client, draft: MatterList) -> None:
    first, _ = rows_of(draft)
    new = first | {"事项编码": "SX-3", "事项名称": "新的事项", "序号": 3}
    preview = send(simon, draft, sheet(first | {"告知内容": "新的告知", "首次复核期限": 90}, new))
    assert "新增 1 项，取消 1 项，调整 1 项，未变 0 项" in preview.content.decode()
    assert simon.post(f"{LISTS}upload/", {"sealed": preview.context["sealed"]}).status_code == 302
    taken = draft.entries.get(matter__code="SX-1")
    assert (taken.notice, taken.first_after, taken.basis) == ("新的告知", 90, "示例\n第二行")
    assert [each.code for each in draft.entries.get(matter__code="SX-3").measures.all()] == ["CS1"]


def test_every_mistake_is_listed_and_nothing_is_taken(simon: Client, draft: MatterList) -> None:
    first, second = rows_of(draft)
    before = [WORKBOOK.shown(entry) for entry in draft.entries.order_by("pk")]
    wrong = first | {
        "受理单位": "不存在局",
        "承诺类型": "随意型",
        "违诺措施": "CS1；CS404",
        "随机抽查比例（%）": "一成",
    }
    page = send(simon, draft, sheet(wrong, second | {"材料补正期限": ""}))
    assert page.status_code == 422
    told = page.content.decode()
    for words in (
        "没有这个单位",
        "没有这个选项",
        "CS404",
        "可选：CS1",
        "应为数字",
        "须填写材料补正期限",
    ):
        assert words in told
    assert "sealed" not in told
    assert [WORKBOOK.shown(entry) for entry in draft.entries.order_by("pk")] == before
