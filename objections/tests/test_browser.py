"""An objection in a real browser: by the account, without one, at the window; the department, the credit office; the tracker at every stage."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse

from casework.actions.opening import tracking_code
from casework.models import Case
from casework.rules.disputes import About
from companies.tests.factories import PASSWORD
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from credit_platform.web.tests.browsing import ORIGIN, fits, open_site
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections import actions
from objections.rules.outcomes import Outcome
from objections.tests.factories import PDF, TODAY, case_in, company, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAPER = {"name": "缴款凭证.pdf", "mimeType": "application/pdf", "buffer": PDF.data}


@pytest.fixture
def look(page, axe):
    """Both widths: the page fits and axe finds nothing."""

    def at_both_widths(name: str) -> None:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{name} is wider than {width}"
            assert axe(page) == [], name
            if folder := os.environ.get("LOOK_AT"):
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})

    return at_both_widths


@pytest.fixture
def item() -> Disclosure:
    made = PublishedFactory()
    Disclosure.objects.filter(pk=made.pk).update(shown=made.shown | {"CF_NR": "责令停产停业三个月。"})
    made.refresh_from_db()
    return made


@pytest.fixture
def site(page, client):
    open_site(page, client)
    return page


def send(page, label: str) -> None:
    with page.expect_navigation():
        page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.locator("h1").wait_for()  # the page that sends the browser on has none
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()


def go(page, address: str) -> None:
    page.goto(ORIGIN + address)


def says(page) -> None:
    """What somebody writes into the form of an objection."""
    page.locator("[name=claimed]").fill("责令停产停业一个月。")
    page.locator("[name=grounds]").fill("与决定书原件不一致。")
    page.locator("[name=evidence]").set_input_files([PAPER])


def begun_at_the_value(page, item: Disclosure, look) -> None:
    """From the page of the item to the guide, with the field that is wrong."""
    go(page, f"/disclosure/{item.public_id}/")
    page.get_by_text("指出有误的项目").click()
    page.locator("details", has_text="指出有误的项目").get_by_role("link", name="处罚内容", exact=True).click()
    page.wait_for_url("**/objections/**")
    look("guide")


def test_a_company_with_an_account_from_the_disputed_value_to_the_trace_on_the_page(site, client, item, look):
    account = company(item)
    begun_at_the_value(site, item, look)
    site.get_by_role("link", name="用经营主体账户提出").click()
    site.locator("[name=login]").fill(account.login)
    site.locator("[name=password]").fill(PASSWORD)
    site.get_by_role("button", name="登录").click()
    site.wait_for_url("**/my/**")
    if "/objections/new/" not in site.url:
        begun_at_the_value(site, item, look)
        site.get_by_role("link", name="用经营主体账户提出").click()
    assert site.locator("[name=field]").input_value() == "CF_NR"
    look("my-new")
    says(site)
    send(site, "提交异议")
    case = Case.objects.get()
    assert case.number in site.locator("main").inner_text()
    look("my-objection")
    go(site, f"/disclosure/{item.public_id}/")
    assert "异议处理中" in site.locator("main").inner_text()
    the_house_handles_it(site, client, case, look)
    client.logout()
    go(site, f"/disclosure/{item.public_id}/")
    told = site.locator("main").inner_text()
    assert "更正说明" in told
    assert "责令停产停业三个月" in told
    look("public-corrected")


def the_house_handles_it(page, client, case: Case, look) -> None:
    """Credit office, department, a second person of the credit office, each at the desk."""
    office, second = CreditOfficeFactory(), CreditOfficeFactory()
    clerk = ClerkFactory(department=case.department)
    desk = f"/desk/objections/cases/{case.pk}/"
    client.force_login(office)
    go(page, "/desk/")
    page.get_by_role("link", name=case.number).first.click()
    look("desk-case")
    for label in ("受理", "转办"):
        go(page, desk)
        page.get_by_role("link", name=label, exact=True).click()
        send(page, label)
    client.force_login(clerk)
    go(page, desk)
    page.get_by_role("link", name="核实反馈", exact=True).click()
    page.get_by_label("确有错误").check()
    page.locator("[name=text]").fill("录入有误，记录已更正。")
    look("desk-answer")
    send(page, "核实反馈")
    item = Disclosure.objects.select_related("record").get(pk=case.own.disclosure_id)
    item.record.content |= {"CF_NR": "责令停产停业一个月。"}
    item.record.save(update_fields=["content"])
    Disclosure.objects.filter(pk=item.pk).update(needs_correction=True, changed_by=clerk)
    client.force_login(office)
    go(page, desk)
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("已更正").check()
    page.locator("[name=answer]").fill("经核实，确有录入错误，已更正。")
    page.locator("main form").get_by_role("button", name="答复", exact=True).click()
    page.get_by_text("不能由同一人办理").first.wait_for()  # who accepted does not decide
    client.force_login(second)
    go(page, desk)
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("已更正").check()
    page.locator("[name=answer]").fill("经核实，确有录入错误，已更正。")
    look("desk-decide")
    send(page, "答复")
    assert Case.objects.get(pk=case.pk).state == "decided"


def test_a_company_without_an_account_and_the_window_that_sees_its_papers(site, client, item, look):
    begun_at_the_value(site, item, look)
    site.get_by_role("link", name="没有账户，在线提出").click()
    look("lodge")
    says(site)
    site.locator("[name=name]").fill("赵某某")
    site.get_by_label("受委托的经办人").check()
    site.locator("[name=phone]").fill("13800000000")
    send(site, "提交异议")
    case = Case.objects.get()
    code = site.locator("dd.code strong").inner_text()
    look("lodged")
    client.force_login(WindowClerkFactory())
    go(site, "/window/objections/confirm/")
    look("window-find")
    site.locator("[name=number]").fill(case.number)
    site.get_by_role("button", name="查找").click()
    site.wait_for_url(f"**/confirm/{case.pk}/")
    site.locator("[name=papers]").first.wait_for()
    for box in site.locator("[name=papers]").all():
        box.check()
    look("window-confirm")
    send(site, "确认身份")
    client.logout()
    case.refresh_from_db()
    assert case.state == "filed"
    take(case, "ask")
    go(site, "/objections/follow/")
    look("follow")
    site.locator("[name=number]").fill(case.number)
    site.locator("[name=code]").fill(code)
    send(site, "打开")
    assert "决定书原件" in site.locator("main").inner_text()
    look("followed-asked")
    site.get_by_role("link", name="补正材料").click()
    site.locator("[name=evidence]").set_input_files([PAPER | {"buffer": b"%PDF-1.4 original"}])
    send(site, "补正材料")
    assert "不计入期限" in site.locator("main").inner_text()


def test_the_window_takes_one_in_for_a_visitor_about_the_period(site, client, item, look):
    client.force_login(WindowClerkFactory())
    go(site, reverse("objection:choose"))
    site.locator("[name=item]").fill(item.public_id)
    site.get_by_role("button", name="下一步").click()
    site.locator("[name=about][value=period]").check()
    says(site)
    site.locator("[name=seen]").check()
    look("window-new")
    send(site, "登记")
    case = Case.objects.get()
    assert (case.own.about, case.own.label) == (About.PERIOD, "公示期限")
    assert case.number in site.locator("main").inner_text()
    look("window-receipt")


def test_the_tracker_at_three_stages(site, look):
    for state in ("lodged", "asked", "settled"):
        case = case_in(state)
        code = tracking_code(case)
        go(site, "/objections/follow/")
        site.locator("[name=number]").fill(case.number)
        site.locator("[name=code]").fill(code)
        send(site, "打开")
        assert site.locator(".stepper [aria-current=step]").inner_text() == case.get_state_display()
        look(f"tracker-{state}")


def test_the_desk_s_figures_and_lawsuits(site, client, item, look):
    case_in("settled", item=item)
    case = case_in("answered", item=item, claimed="第二处。")
    take(case, "decide", outcome=Outcome.UNCLEAR, answer="无法核实。", public_note="双方说法不一致。")
    given = {"kind": "lawsuit", "body": "示例法院", "number": "（2026）示行初1号", "begun_on": TODAY}
    actions.enter_contest(item, **given, by=ClerkFactory(department=item.source_department))
    go(site, f"/disclosure/{item.public_id}/")
    look("public-disputed")
    client.force_login(CreditOfficeFactory())
    for address, name in (
        ("/desk/objections/statistics/", "statistics"),
        ("/desk/objections/contests/", "contests"),
        ("/desk/objections/contests/new/", "contest-new"),
        ("/desk/objections/cases/?scope=all", "cases"),
    ):
        go(site, address)
        look(name)
