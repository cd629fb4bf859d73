"""The pages of a repair: the question without logging in, the application from three sides, the tracker, the ledger, the notice."""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from commitments.models import Signature
from companies.models import CompanyAccount
from companies.tests.factories import PASSWORD, ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import (
    ApiClientFactory,
    ClerkFactory,
    CreditOfficeFactory,
    WindowClerkFactory,
)
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory, RepairedFactory
from repair.actions.notices import make
from repair.models import RepairCase, RepairNotice
from repair.tests.factories import PERFORMED, TODAY, applied, case_in, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
SAID = {"way": "ordinary", "performed_on": "2026-11-12", "told": ""}


def pdf(name: str = "缴款凭证.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 paid", content_type="application/pdf")


def page(client, name, *args, status=200) -> str:
    answer = client.get(reverse(f"repair:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def firm(letters, client):
    """A company that is signed in, with a penalty that can be repaired."""
    item = PublishedFactory()
    account = ActiveFactory(subject=item.subject, confirmed_at=timezone.now() - timedelta(days=7))
    sign_in(client, account)
    return item, account


def test_anybody_is_told_whether_when_and_what_is_missing(client):
    item = PublishedFactory(earliest_repair_on=TODAY + timedelta(days=1), ends_on=date(2027, 11, 10))
    told = page(client, "item", item.public_id)
    assert "还不到时间" in told
    assert "2026年11月24日" in told
    assert "2027年11月10日" in told
    assert "信用承诺书" in told
    assert "不收取任何费用" in told
    assert "申请修复</a>" not in told
    assert f"/repair/{item.public_id}/" in client.get(f"/disclosure/{item.public_id}/").content.decode()


def test_where_the_class_was_not_stated_the_organ_is_asked(client):
    told = page(client, "item", PublishedFactory(rule_set="", severity="", earliest_repair_on=None).public_id)
    assert "请询问认定单位" in told
    assert "不作推断" in told


def test_of_what_is_repaired_nothing_is_told(client):
    item = RepairedFactory()
    page(client, "item", item.public_id, status=404)
    assert client.get("/repair/", {"item": item.public_id}).status_code == 404


def test_what_is_being_handled_is_not_told_in_public(client):
    case = applied()
    assert case.number not in page(client, "item", case.own.disclosure.public_id)


def test_the_notice_is_made_once_with_the_publication_and_given_as_a_file(client):
    item = PublishedFactory()
    assert make([item.pk], on=TODAY, by=CreditOfficeFactory()) == 1
    assert make([item.pk], on=TODAY, by=CreditOfficeFactory()) == 0
    row = RepairNotice.objects.get()
    assert "2026年11月11日" in row.text
    assert "不收取任何费用" in row.text
    answer = client.get(reverse("repair:notice", args=[item.public_id]))
    assert answer.content.startswith(b"%PDF-")


def test_a_company_applies_signs_and_follows_it(firm, client):
    item, account = firm
    answer = client.post(reverse("repair:my-new", args=[item.public_id]), SAID)
    assert answer.status_code == 302
    check = client.get(answer["Location"]).content.decode()
    assert "材料真实、合法、有效" in check
    assert "承担违背承诺的责任" in check
    seen = re.search(r'name="seen" value="(\w+)"', check)[1]
    token = re.search(r'name="form_token" value="([\w-]+)"', check)[1]
    sent = {"seen": seen, "form_token": token, "read": "on", "password": "wrong"}
    assert client.post(answer["Location"], sent | {"proof": pdf()}).status_code == 422
    assert not Case.objects.exists()
    ends = {client.post(answer["Location"], sent | {"password": PASSWORD, "proof": pdf()}).headers.get("Location")}
    for _ in range(19):
        again = client.post(answer["Location"], sent | {"password": PASSWORD, "proof": pdf()})
        ends.add(again.headers.get("Location"))
    own = RepairCase.objects.select_related("signature", "case").get()
    assert Signature.objects.get() == own.signature
    here = reverse("repair:my-repair", args=[own.pk])
    assert ends == {here}
    told = client.get(here).content.decode()
    code = re.search(r"查询码 <span class=\"code\">(\w{8})", told)[1]
    assert code not in client.get(here).content.decode()
    tracked = client.post("/track/", {"number": own.case.number, "code": code}).content.decode()
    assert "已提交" in tracked
    assert own.case.number in client.get(reverse("repair:mine")).content.decode()
    assert CompanyAccount.objects.get() == account


def test_more_items_ask_the_database_no_more(firm, client):
    item, account = firm
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("repair:mine"))
    for _ in range(3):
        PublishedFactory(subject=item.subject)
    with CaptureQueriesContext(connection) as four:
        told = client.get(reverse("repair:mine"))
    assert len(told.context["items"]) == 4
    assert len(four) == len(one)


def test_too_early_is_told_on_the_first_page_with_what_was_typed(firm, client):
    item, _ = firm
    Disclosure.objects.filter(pk=item.pk).update(earliest_repair_on=TODAY + timedelta(days=1))
    answer = client.post(reverse("repair:my-new", args=[item.public_id]), SAID | {"told": "罚款已缴"})
    assert answer.status_code == 422
    assert "2026年11月24日" in answer.content.decode()
    assert "罚款已缴" in answer.content.decode()
    other = PublishedFactory()
    assert client.get(reverse("repair:my-new", args=[other.public_id])).status_code == 404


def test_without_an_account_number_and_code_are_told_once(client):
    item = PublishedFactory()
    whose = {"name": item.subject.name, "code": item.subject.code, "true": "on"}
    address = reverse("repair:outside", args=[item.public_id])
    token = re.search(r'name="form_token" value="([\w-]+)"', client.get(address).content.decode())[1]
    files = {"proof": pdf(), "paper": pdf("承诺书.pdf")}
    wrong = client.post(address, SAID | whose | files | {"form_token": token, "name": "别家公司"})
    assert wrong.status_code == 422
    files = {"proof": pdf(), "paper": pdf("承诺书.pdf")}
    answer = client.post(address, SAID | whose | files | {"form_token": token})
    assert answer.status_code == 302
    told = client.get(answer["Location"]).content.decode()
    case = Case.objects.get()
    code = re.search(r"查询码</dt><dd class=\"code\">(\w{8})", told)[1]
    assert case.number in told
    assert client.get(answer["Location"]).status_code == 302
    assert client.get("/track/", {"number": case.number, "code": code}).status_code == 200


def test_a_window_registers_for_a_visitor_and_prints_the_receipt(client):
    item = PublishedFactory()
    client.force_login(WindowClerkFactory())
    chosen = client.post(reverse("repair:choose"), {"item": item.public_id})
    assert chosen["Location"] == reverse("repair:new", args=[item.public_id])
    token = re.search(r'name="form_token" value="([\w-]+)"', client.get(chosen["Location"]).content.decode())[1]
    sent = SAID | {"seen": "on", "form_token": token, "proof": pdf(), "paper": pdf("承诺书.pdf")}
    answer = client.post(chosen["Location"], sent)
    assert answer["Location"] == reverse("repair:receipt")
    assert Case.objects.get().number in client.get(answer["Location"]).content.decode()


def test_the_department_verifies_on_its_desk(client):
    case = take(applied(), "accept")
    client.force_login(ClerkFactory(department=case.department))
    address = reverse("repair:step", args=[case.pk, "verify"])
    form = client.get(address).content.decode()
    assert "2026-11-12" in form or "2026年11月12日" in form
    case_page = client.get(reverse("repair:case", args=[case.pk])).content.decode()
    assert "核实反馈" in case_page
    assert case.own.said_performed_on == PERFORMED


def test_the_ledger_names_nobody(client):
    case = case_in("granted")
    told = page(client, "ledger")
    assert case.number in told
    assert case.subject.name not in told
    assert case.subject.code not in told
    assert case.own.disclosure.document_number not in told
    take(case, "notify")
    assert "1件" in page(client, "landing")


@pytest.mark.parametrize("state", ["applied", "asked", "rejected", "shielded", "undone"])
def test_the_pages_of_a_case_stand_in_every_state(client, state):
    case = case_in(state)
    client.force_login(CreditOfficeFactory())
    assert case.number in client.get(reverse("repair:case", args=[case.pk])).content.decode()
    assert client.get(reverse("repair:cases"), {"scope": "all"}).status_code == 200


def asked_by(key: str, body=None, **query):
    headers = {"X-Api-Key": key}
    if body is None:
        return Client().get("/api/v1/repairs/", query, headers=headers)
    return Client().post("/api/v1/repairs/", body, content_type="application/json", headers=headers)


def test_a_department_with_a_system_answers_by_the_interface():
    case = take(applied(), "accept")
    key, strange, blind = (secrets.token_urlsafe(32) for _ in range(3))
    ApiClientFactory(department=case.department, key=key, scopes=["repair.verify"])
    ApiClientFactory(key=strange, scopes=["repair.verify"])
    ApiClientFactory(department=case.department, key=blind, scopes=["records.read"])
    waiting = asked_by(key).json()["results"]
    assert [row["number"] for row in waiting] == [case.number]
    assert asked_by(strange).json()["results"] == []
    assert asked_by(blind).status_code == 403
    word = {"number": case.number, "finding": "met", "text": "已核对缴款凭证。"}
    missing = asked_by(key, word)
    assert missing.status_code == 422
    assert asked_by(key, word | {"performed_on": "十一月"}).status_code == 422
    assert asked_by(key, word | {"finding": "maybe"}).status_code == 422
    assert asked_by(key, word | {"finding": ["met"]}).status_code == 422
    assert asked_by(key, word | {"finding": "unmet", "document": "号" * 129}).status_code == 422
    assert asked_by(strange, word).status_code == 422
    done = asked_by(key, word | {"performed_on": "2026-11-12"})
    assert (done.status_code, done.json()["state"]) == (200, "待初审")
    assert asked_by(key, word | {"performed_on": "2026-11-12"}).status_code == 409
    own = RepairCase.objects.get()
    assert (own.verified_by, own.verified_by_system != "", own.performed_on) == (None, True, PERFORMED)
