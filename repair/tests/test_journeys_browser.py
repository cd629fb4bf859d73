"""Two applications in a real browser: a company uploads and signs, an administrator of a bankruptcy applies without an account and follows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.tests.factories import PASSWORD, ActiveFactory, sign_in
from credit_platform.web.tests.browsing import ORIGIN, open_site
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from repair.models import RepairCase
from repair.rules.procedure import Way
from repair.tests.factories import LETTER, PDF, RULING

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("letters")]


def paper(file) -> dict:
    return {"name": file.name, "mimeType": "application/pdf", "buffer": file.data}


@pytest.fixture
def site(page, client):
    open_site(page, client)
    return page


@pytest.fixture
def item() -> Disclosure:
    return PublishedFactory()


def go(page, name: str, *args: object) -> None:
    page.goto(ORIGIN + reverse(name, args=args))


def send(page, label: str) -> None:
    with page.expect_navigation():
        page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.locator("h1").wait_for()  # the page that sends the browser on has none


def test_a_company_uploads_its_proof_and_signs(site, client, item):
    sign_in(client, ActiveFactory(subject=item.subject, confirmed_at=timezone.now() - timedelta(days=7)))
    go(site, "repair:my-new", item.public_id)
    site.locator("[name=performed_on]").fill("2026-11-12")
    send(site, "下一步：核对、上传材料并签署")
    assert "承担违背承诺的责任" in site.locator(".signed-text").inner_text()
    site.locator("[name=read]").check()
    site.locator("[name=password]").fill(PASSWORD)
    send(site, "签署并提交")
    assert "材料" in site.locator(".error-summary").inner_text(), "nothing is signed without the proof"
    assert not RepairCase.objects.exists()
    site.locator("[name=proof]").set_input_files([paper(PDF)])
    site.locator("[name=password]").fill(PASSWORD)
    send(site, "签署并提交")
    own = RepairCase.objects.select_related("signature", "case").get()
    assert own.signature is not None
    assert [each.name for each in own.case.attachments.all()] == [PDF.name]
    assert own.signature.number in site.locator("main").inner_text()


def test_an_administrator_of_a_bankruptcy_applies_without_an_account_and_follows_it(site, item):
    go(site, "repair:outside", item.public_id)
    given = {
        "name": item.subject.name,
        "code": item.subject.code,
        "court": RULING.court,
        "ruling_number": RULING.number,
        "ruling_on": "2026-11-02",
        "plan_until": "2027-11-02",
        "administrator": RULING.administrator,
    }
    for name, value in given.items():
        site.locator(f"main [name={name}]").fill(value)
    site.locator(f"[name=way][value={Way.BANKRUPTCY.value}]").check()
    site.locator("[name=proof]").set_input_files([paper(PDF)])
    site.locator("[name=paper]").set_input_files([paper(LETTER)])
    site.locator("[name=true]").check()
    send(site, "提交申请")
    own = RepairCase.objects.select_related("case").get()
    assert (own.way, own.administrator) == (Way.BANKRUPTCY.value, RULING.administrator)
    code = site.locator("dt:has-text('查询码') + dd").first.inner_text()
    site.goto(f"{ORIGIN}{reverse('casework:track')}?number={own.case.number}")
    assert site.locator("[name=number]").input_value() == own.case.number
    site.locator("[name=code]").fill(code)
    send(site, "查询")
    assert "已提交" in site.locator("main").inner_text()
    assert code not in site.url
