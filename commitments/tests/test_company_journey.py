"""In a real browser: a company registers, is confirmed, signs, and everybody can verify it; it declares, is shown, reported and struck."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.management import call_command

from commitments.models import Signature
from commitments.tests.signing_factories import EntryFactory
from companies.tests.provider import CLIENT, SECRET, running
from credit_platform.accounts.tests.factories import PASSWORD as STAFF
from credit_platform.web.tests.browsing import ORIGIN, open_site
from declarations.models import Declaration
from records.tests.factories import SubjectFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SECRET_WORD = "Journey-Word-2026"


@pytest.fixture
def site(page, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    cache.clear()
    call_command("load_base", verbosity=0)
    client.defaults["HTTP_HOST"] = "localhost"  # what the platform calls itself, so that the provider sends back here
    open_site(page, client)
    return page


def staff(site, name):
    site.goto(f"{ORIGIN}/accounts/login/")
    site.fill("[name=username]", name)
    site.fill("[name=password]", STAFF)
    site.keyboard.press("Enter")
    site.wait_for_url("**/desk/")


def company(site, login):
    site.goto(f"{ORIGIN}/my/login/")
    site.fill("[name=login]", login)
    site.fill("[name=password]", SECRET_WORD)
    site.keyboard.press("Enter")
    site.wait_for_url("**/my/")


def register(site, good, subject) -> str:
    """A company applies for its account; the number of the receipt."""
    site.goto(f"{ORIGIN}/my/register/")
    good()
    given = {
        "code": subject.code,
        "name": subject.name,
        "handler": "王某某",
        "phone": "13800000000",
        "login": "trip.firm",
    }
    for name, value in (given | {"password": SECRET_WORD, "again": SECRET_WORD}).items():
        site.fill(f"[name={name}]", value)
    site.get_by_role("button", name="提交申请").click()
    site.wait_for_url("**/my/receipt/**")
    good()
    return site.locator("dd.code strong").inner_text()


def confirm(site, good, receipt):
    """The window confirms it by the keyboard."""
    staff(site, "wendy")
    site.goto(f"{ORIGIN}/window/companies/")
    good()
    site.fill("[name=q]", receipt)
    site.keyboard.press("Enter")
    site.wait_for_url("**/window/companies/ZH*/")
    good()
    for box in site.locator("[name=papers]").all():
        box.focus()
        site.keyboard.press("Space")
    site.get_by_role("button", name="材料齐全，开通账户").press("Enter")
    site.wait_for_url("**/window/companies/")
    assert "账户已开通" in site.content()


def sign_and_verify(site, good, subject, entry):
    """The company signs; anybody can verify the letter and read of it."""
    company(site, "trip.firm")
    good()
    site.goto(f"{ORIGIN}/my/commitments/{entry.matter.code}/")
    good()
    site.fill("[name='blank-期限']", "2027-01-31")
    site.get_by_role("button", name="下一步：核对全文").click()
    site.wait_for_url("**/confirm/")
    good()
    site.check("[name=read]")
    site.fill("[name=password]", SECRET_WORD)
    site.get_by_role("button", name="签署承诺书").click()
    site.wait_for_url("**/my/commitments/letters/**")
    good()
    made = Signature.objects.get()
    site.goto(f"{ORIGIN}/commitments/verify/?no={made.number}&t={made.token}")
    good()
    assert made.pdf_sha256 in site.content()
    site.goto(f"{ORIGIN}/subjects/{subject.code}/")
    assert entry.matter.name in site.content()


def declare(site, good) -> Declaration:
    """The company declares something of its own will."""
    site.goto(f"{ORIGIN}/my/declarations/new/")
    good()
    site.fill("[name=title]", "通过质量管理体系认证")
    site.fill("[name=body]", "本单位于今年三月通过质量管理体系认证。")
    site.get_by_role("button", name="保存，下一步").click()
    site.wait_for_url(re.compile(r"/my/declarations/\d+/$"))
    good()
    site.check("[name=promise]")
    site.get_by_role("button", name="提交审核").click()
    site.wait_for_selector("text=已提交审核")
    return Declaration.objects.get()


def show(site, good, subject, row):
    """A reviewer lets it be shown, marked as not verified."""
    staff(site, "bob")
    site.goto(f"{ORIGIN}/desk/declarations/{row.pk}/")
    good()
    site.get_by_role("link", name="审核通过并公开").click()
    site.get_by_role("button", name="审核通过并公开").click()
    site.wait_for_selector("text=已审核通过并公开")
    site.goto(f"{ORIGIN}/subjects/{subject.code}/")
    good()
    assert "未经核实" in site.content()


def report_and_strike(site, good, subject, row):
    """Somebody says that it is not true, and it is struck."""
    site.get_by_role("link", name="反映该申报不实").click()
    site.wait_for_url("**/report/")
    good()
    site.fill("[name=reason]", "证书编号查不到")
    site.get_by_role("button", name="提交").click()
    site.wait_for_selector("text=已收到")
    site.goto(f"{ORIGIN}/desk/declarations/{row.pk}/")
    site.get_by_role("link", name="核查并办结").click()
    good()
    site.check("[name=untrue][value=yes]")
    site.fill("[name=text]", "经查证书已注销")
    site.get_by_role("button", name="办结").click()
    site.wait_for_selector("text=属实，已撤除")
    site.goto(f"{ORIGIN}/subjects/{subject.code}/")
    assert "通过质量管理体系认证" not in site.content()


def test_register_confirm_sign_verify_declare_report_strike(site, axe, wendy_window, bob_reviewer):
    subject, entry = SubjectFactory(), EntryFactory()
    seen = []

    def good():
        seen.append(site.url)
        assert axe(site) == [], site.url

    confirm(site, good, register(site, good, subject))
    sign_and_verify(site, good, subject, entry)
    row = declare(site, good)
    show(site, good, subject, row)
    report_and_strike(site, good, subject, row)
    assert len(seen) > 10


def test_the_unified_login_in_a_browser(site, settings):
    subject = SubjectFactory()
    with running() as provider:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider.issuer, CLIENT, SECRET
        provider.claims = {"uscc": subject.code, "company_name": subject.name, "name": "王某某"}
        site.goto(f"{ORIGIN}/my/login/")
        site.get_by_role("link", name="使用政务服务统一认证登录").click()
        site.wait_for_selector("#go")
        site.click("#go")
        site.wait_for_url("**/my/")
        assert subject.name in site.content()
