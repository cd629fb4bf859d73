"""The catalogue in the administration: drafts are edited by form, editions issued by button, everything through the actions."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from records.models import CatalogueEntry, CatalogueVersion, CodeExemption
from records.tests import factories
from records.tests.test_catalogue import LOCAL_FIELDS

pytestmark = pytest.mark.django_db
VERSIONS, ENTRIES = "/admin/records/catalogueversion/", "/admin/records/catalogueentry/"


@pytest.fixture
def simon(client: Client, simon_system_admin: User) -> Client:
    client.force_login(simon_system_admin)
    return client


def entry_form(version: CatalogueVersion, **given: object) -> dict[str, object]:
    return {
        "version": version.pk,
        "item": factories.CatalogueItemFactory(code="BD-0002", name="示例认定").pk,
        "category": "honour",
        "subject_kinds": ["legal"],
        "basis": "示例文件",
        "visibility": "shared",
        "cycle": "每月",
        "standard": "local",
        "fields": json.dumps(LOCAL_FIELDS),
        "publication": "not_published",
        "nature": "positive",
        "position": "1",
    } | given


LINES = """荣誉名称｜MC｜文字｜必填｜社会公开｜主体名称
信用代码｜DM｜统一社会信用代码｜必填｜社会公开｜主体信用代码
级别 | JB | 选择 | 选填 | 政务共享 || 市级、区县级
授予日期｜RQ｜日期｜必填｜社会公开｜决定日期"""


def test_own_fields_are_written_line_by_line(simon: Client) -> None:
    draft = factories.DraftVersionFactory()
    wrong = simon.post(f"{ENTRIES}add/", entry_form(draft, fields=LINES.replace("选择", "下拉")))
    assert not draft.entries.exists()
    assert "第3行：类型应为文字、长文字" in wrong.text
    assert "级别 | JB | 下拉" in wrong.text
    assert simon.post(f"{ENTRIES}add/", entry_form(draft, fields=LINES)).status_code == 302
    entry = draft.entries.get()
    assert entry.fields[2] == {"label": "级别", "code": "JB", "type": "choice", "required": False,
                               "visibility": "shared", "choices": ["市级", "区县级"]}  # fmt: skip
    page = simon.get(f"{ENTRIES}{entry.pk}/change/").text
    assert "授予日期｜RQ｜日期｜必填｜社会公开｜决定日期" in page
    simon.post(f"{VERSIONS}{draft.pk}/do/issue/", {"reason": "市政府批准"})
    assert "授予日期｜RQ｜日期｜必填" in simon.get(f"{ENTRIES}{entry.pk}/change/").text


def test_an_edition_is_copied_edited_and_issued(simon: Client) -> None:
    in_force = factories.PenaltyEntryFactory().version
    made = {"code": "next", "name": "新版目录", "basis": "示例", "valid_from": "2030-01-01", "copy_from": in_force.pk}
    assert simon.post(f"{VERSIONS}add/", made).status_code == 302
    draft = CatalogueVersion.objects.get(code="next")
    assert draft.entries.count() == 1
    assert simon.post(f"{ENTRIES}add/", entry_form(draft)).status_code == 302
    entry = draft.entries.get(item__code="BD-0002")
    assert (entry.subject_kinds, entry.fields) == (["legal"], LOCAL_FIELDS)
    changed = entry_form(draft, cycle="每季度")
    assert simon.post(f"{ENTRIES}{entry.pk}/change/", changed).status_code == 302
    entry.refresh_from_db()
    assert entry.cycle == "每季度"
    assert simon.post(f"{VERSIONS}{draft.pk}/do/issue/", {"reason": "市政府批准"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert AuditEntry.objects.get(verb="catalogue.issue").reason == "市政府批准"


def test_a_wrong_list_of_fields_is_told_at_its_place(simon: Client) -> None:
    draft = factories.DraftVersionFactory()
    wrong = simon.post(f"{ENTRIES}add/", entry_form(draft, fields='[{"code": "x"}]'))
    assert wrong.status_code == 200
    assert "字段的代码应为大写字母" in wrong.content.decode()
    both = simon.post(f"{ENTRIES}add/", entry_form(draft, standard="penalty-2018"))
    assert "不填写自定义数据项" in both.content.decode()
    assert not CatalogueEntry.objects.exists()


def test_entries_of_an_issued_edition_are_only_shown(simon: Client) -> None:
    entry = factories.PenaltyEntryFactory()
    page = simon.get(f"{ENTRIES}{entry.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert simon.post(f"{ENTRIES}{entry.pk}/change/", entry_form(entry.version)).status_code == 403
    assert simon.post(f"{ENTRIES}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert simon.get(VERSIONS).status_code == simon.get(ENTRIES).status_code == 200


def test_an_entry_leaves_a_draft(simon: Client) -> None:
    entry = factories.CatalogueEntryFactory(version=factories.DraftVersionFactory())
    assert simon.post(f"{ENTRIES}{entry.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not CatalogueEntry.objects.exists()
    assert AuditEntry.objects.filter(verb="catalogue.remove").count() == 1


def test_exempt_codes_are_added_with_evidence(simon: Client) -> None:
    address = "/admin/records/codeexemption/add/"
    assert simon.post(address, {"code": "91350203M0001FUE2P", "evidence": "登记机关公示"}).status_code == 302
    assert CodeExemption.objects.get().added_by
    assert simon.post(address, {"code": factories.valid_code(1), "evidence": "无"}).status_code == 422


@pytest.mark.parametrize("who", ["alice_clerk", "carol_credit_office", "sarah_security_admin", "arthur_auditor"])
def test_nobody_else_opens_it(who: str, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in (VERSIONS, ENTRIES, f"{VERSIONS}add/"):
        assert client.get(address, follow=True).status_code == 403


@pytest.mark.parametrize("model", ["subject", "creditrecord", "subjectname", "mergecase", "entrydraft"])
def test_subjects_and_records_have_no_page_in_the_administration(model: str, simon: Client) -> None:
    assert simon.get(f"/admin/records/{model}/").status_code == 404


def test_the_desk_shows_and_compares_editions(client: Client, alice_clerk: User) -> None:
    entry = factories.PenaltyEntryFactory()
    draft = factories.DraftVersionFactory()
    factories.RepealedVersionFactory()
    client.force_login(alice_clerk)
    page = client.get("/desk/catalogue/").content.decode()
    assert entry.item.name in page
    assert draft.name not in page
    fields = client.get(f"/desk/catalogue/{entry.version.code}/{entry.item.code}/").content.decode()
    assert "CF_NR_FK" in fields
    assert client.get("/desk/catalogue/", {"version": draft.code}).status_code == 404
    assert "新增 1 项" in client.get("/desk/catalogue/compare/").content.decode()
