"""The pages of an objection, walked as the window, the company and the desk walk them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.models import Case
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections.tests.factories import PDF, brought_to, case_in, company, filed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("缴款凭证.pdf", PDF.data)


def said(item: Disclosure, **more: object) -> dict[str, object]:
    return {
        "about": "content",
        "field": min(item.shown),
        "claimed": "决定书写的是另一内容。",
        "grounds": "与原件不一致。",
        "evidence": paper(),
    } | more


def test_the_button_stands_for_who_may_file_and_for_nobody_else(client):
    address = reverse("objection:choose")
    client.force_login(CreditOfficeFactory())
    assert address in client.get(reverse("objection:cases")).content.decode()
    client.force_login(ClerkFactory())
    assert f'class="btn btn-primary" href="{address}"' not in client.get(reverse("objection:cases")).content.decode()


@pytest.mark.parametrize("year", ["-1", "0", "9" * 20, "去年"])
def test_a_year_that_cannot_be_is_told_at_the_list(client, year):
    client.force_login(CreditOfficeFactory())
    page = client.get(reverse("objection:cases"), {"year": year})
    assert (page.status_code, "四位数的年份" in page.content.decode()) == (422, True)


def test_a_visitor_gets_a_number_and_a_code_once_and_follows_the_case_with_them(client):
    item = PublishedFactory()
    client.force_login(WindowClerkFactory())
    wrong = client.post(reverse("objection:choose"), {"item": "222222222222"})
    assert (wrong.status_code, "没有这个公示编号" in wrong.content.decode()) == (422, True)
    assert client.post(reverse("objection:choose"), {"item": item.public_id}).status_code == 302
    address = reverse("objection:new", args=[item.public_id])
    without = client.post(address, said(item))
    assert (without.status_code, Case.objects.count()) == (422, 0)
    assert "决定书写的是另一内容。" in without.content.decode()
    answer = client.post(address, said(item, seen="on"), follow=True)
    case = Case.objects.get()
    code = answer.context["code"]
    assert case.number in answer.content.decode()
    assert code in answer.content.decode()
    assert client.get(reverse("objection:receipt")).status_code == 302
    client.logout()
    followed = client.post("/track/", {"number": case.number, "code": code}).content.decode()
    assert "已提交" in followed


def test_a_company_objects_completes_and_appeals_by_its_own_pages(client):
    item = PublishedFactory()
    assert (
        client.get(f"/objections/new/?item={item.public_id}", follow=True)
        .redirect_chain[-1][0]
        .startswith("/my/login/")
    )
    sign_in(client, company(item))
    address = reverse("objection:my-new", args=["item", item.public_id])
    assert client.get(address).status_code == 200
    answer = client.post(address, said(item), follow=True)
    case = Case.objects.get()
    assert case.number in answer.content.decode()
    page = reverse("objection:my-objection", args=[case.pk])
    brought_to("asked", case)
    assert "决定书原件" in client.get(page).content.decode()
    client.post(reverse("objection:my-act", args=[case.pk, "supply"]), {"evidence": paper()})
    case.refresh_from_db()
    assert case.state == "filed"
    brought_to("decided", case)
    shown = client.get(page).content.decode()
    assert "申请复核" in shown
    assert "经核实，与决定书一致。" in shown
    client.post(reverse("objection:my-act", args=[case.pk, "appeal"]), {"reasons": "仍与原件不一致。"})
    case.refresh_from_db()
    assert case.state == "appealed"
    assert client.get(reverse("objection:my-act", args=[case.pk, "appeal"])).status_code == 404


def test_a_company_sees_only_what_is_said_of_itself(client):
    case = filed()
    sign_in(client, ActiveFactory())
    assert client.get(reverse("objection:my-objection", args=[case.pk])).status_code == 404
    assert client.get(reverse("objection:my-new", args=["item", case.own.disclosure.public_id])).status_code == 404
    assert case.number not in client.get(reverse("objection:mine")).content.decode()


def test_the_public_page_tells_that_an_objection_is_under_way_and_where_to_object(client):
    case = filed()
    page = client.get(f"/disclosure/{case.own.disclosure.public_id}/").content.decode()
    assert "异议处理中" in page
    assert f"/objections/?item={case.own.disclosure.public_id}" in page
    listed = client.get(f"/api/v1/disclosures/{case.own.disclosure.public_id}/").json()
    assert listed["marks"] == ["异议处理中"]


@pytest.mark.parametrize("verb", ["accept", "ask", "refuse"])
def test_the_office_takes_each_first_step_on_its_page(client, verb):
    case = case_in("filed")
    client.force_login(CreditOfficeFactory())
    address = reverse("objection:step", args=[case.pk, verb])
    form = client.get(address).context["form"]
    given = {"version_seen": form.initial.get("version_seen") or form["version_seen"].value(), "on": "2026-11-23"}
    more = {"papers": "决定书原件", "reason": "不属于受理范围。"}
    assert client.post(address, given | more).status_code == 302
    case.refresh_from_db()
    assert case.state == {"accept": "accepted", "ask": "asked", "refuse": "refused"}[verb]


def test_the_printed_answer_names_reasons_and_remedies(client):
    case = case_in("decided")
    client.force_login(CreditOfficeFactory())
    page = client.get(reverse("objection:print", args=[case.pk, "decision"])).content.decode()
    assert "经核实，与决定书一致。" in page
    assert "申请复核一次" in page
