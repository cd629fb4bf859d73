"""The public site in a real browser: accessible, inside its width, and usable with the keyboard alone."""

from datetime import date

import pytest

from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.web.tests.browsing import ORIGIN, comes_true, fits, open_site
from disclosure.models import TimelinessTally
from disclosure.rules.states import State
from disclosure.tests.public import factories as made
from records.tests import factories as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def city():
    """Something of everything: a firm with a branch and former name, acts of all kinds, a withdrawn one, figures."""
    head = ledger.SubjectFactory(name="哈尔滨松花江商贸有限公司")
    ledger.SubjectNameFactory(subject=head, name="哈尔滨丁香商贸有限公司", is_current=False)
    branch = ledger.SubjectFactory(name="哈尔滨松花江商贸有限公司南岗分公司", head=head)
    old = date(2024, 3, 1)
    made.ShownPermitFactory(record__subject=head, record__decided_on=old, decided_on=old, due_on=old)
    for _ in range(21):
        made.ShownPermitFactory(record__subject=head)
    penalty = made.ShownPenaltyFactory(record__subject=head, published_on=made.TODAY, corrected_on=made.TODAY)
    made.registration(head)
    authority = DepartmentFactory(code="daoli", name="道里区示例监管局", district="230102")
    TimelinessTally.objects.create(
        department=authority, kind="permit", view="arrival", month=date(2026, 3, 1), reported=9, compliant=9, late=2
    )
    return {
        "head": f"/subjects/{head.code}/",
        "empty": f"/subjects/{branch.code}/",
        "penalty": f"/disclosure/{penalty.public_id}/",
        "permit": f"/disclosure/{made.ShownPermitFactory(ends_on=None).public_id}/",
        "act": f"/disclosure/{made.shown_act().public_id}/",
        "person": f"/disclosure/{made.PersonPermitFactory().public_id}/",
        "withdrawn": f"/disclosure/{made.in_state(State.WITHDRAWN).public_id}/",
    }


@pytest.fixture
def site(page, client, city):
    open_site(page, client)
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


PAGES = [
    "/", "/search/", "/search/?q=松花江", "/search/?q=丁香", "/search/?q=示市监许", "/search/?q=没有这家", "/search/?q=哈",
    "{head}", "{head}?kind=penalty", "{empty}", "{penalty}", "{permit}", "{act}", "{person}", "{withdrawn}",
    "/disclosure/permits/", "/disclosure/penalties/", "/disclosure/acts/inspection/", "/disclosure/acts/levy/",
    "/disclosure/permits/?q=没有这家", "/disclosure/permits/?q=x&published_from=abc", "/statistics/", "/statistics/?year=2016",
    "/open-data/", "/about/", "/help/", "/repair/", "/objections/", "/nothing/", "/disclosure/permits/?cursor=abc",
]  # fmt: skip


@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_accessible_and_fits(site, axe, city, width):
    site.set_viewport_size({"width": width, "height": 900})
    wrong = {}
    for path in (path.format(**city) for path in PAGES):
        answer = site.goto(ORIGIN + path)
        found = axe(site) + ([] if fits(site) else ["wider than the window"])
        # The browser itself writes down that an answer was a 4xx.
        found += [text for text in site.complaints if f"status of {answer.status}" not in text]
        site.complaints.clear()
        if found:
            wrong[path] = found
    assert wrong == {}


def test_large_type_fits_a_phone(site, client, city):
    client.cookies["large_type"] = "1"
    site.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in ("/", city["head"], city["penalty"], "/disclosure/penalties/", "/statistics/", "/repair/"):
        site.goto(ORIGIN + path)
        site.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        if not fits(site):
            wide.append(path)
    assert wide == []


def press_to(page, label, limit=60):
    """Press Tab until the element with that text or name has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        here = page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")
        if label in here:
            return
    raise AssertionError(f"the keyboard does not reach {label}")


def test_from_home_to_a_disclosure_by_keyboard(site, city):
    site.goto(ORIGIN + "/")
    site.keyboard.press("/")
    site.keyboard.type("丁香")
    site.keyboard.press("Enter")
    site.wait_for_url("**/search/**")
    press_to(site, "哈尔滨松花江商贸有限公司")
    site.keyboard.press("Enter")
    site.wait_for_url("**/subjects/**")
    press_to(site, "销售不符合食品安全标准的食品")
    assert site.evaluate("getComputedStyle(document.activeElement).backgroundColor") != "rgba(0, 0, 0, 0)"
    site.keyboard.press("Enter")
    site.wait_for_url("**/disclosure/**")
    assert city["penalty"] in site.url
    press_to(site, "7 个工作日怎样计算")
    site.keyboard.press("Enter")
    assert site.locator("details[open]", has_text="7 个工作日").count() == 1


def test_the_first_tab_leads_past_the_menu(site):
    site.goto(ORIGIN + "/disclosure/permits/")
    site.keyboard.press("Tab")
    assert comes_true(site, "document.activeElement.innerText === '跳到正文'")
    site.keyboard.press("Enter")
    assert comes_true(site, "document.activeElement.id === 'content'")


def test_rows_are_reached_with_j_and_k(site):
    site.goto(ORIGIN + "/disclosure/permits/")
    site.keyboard.press("j")
    first = site.evaluate("document.activeElement.href")
    site.keyboard.press("j")
    site.keyboard.press("k")
    assert site.evaluate("document.activeElement.href") == first
    assert "/disclosure/" in first


def test_the_filter_works_without_script(browser, client, city):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_site(page, client)
    page.goto(ORIGIN + "/disclosure/permits/")
    page.get_by_label("名称、代码或文书号").last.fill("松花江")
    page.get_by_role("button", name="筛选").click()
    assert "q=" in page.url
    assert page.locator("tbody tr").count() == 20
    page.get_by_role("link", name="下一页").click()
    assert page.locator("tbody tr").count() == 2
    context.close()


def test_charts_are_drawn_and_the_map_names_its_districts(site):
    site.goto(ORIGIN + "/statistics/")
    assert site.locator(".chart-canvas canvas").count() == 2
    assert site.locator("svg.district-map title", has_text="道里区：9").count() == 1


def test_on_paper_a_disclosure_has_no_menu_and_keeps_its_dates(site, city):
    site.goto(ORIGIN + city["penalty"])
    site.emulate_media(media="print")
    assert not site.get_by_role("navigation", name="主导航").is_visible()
    assert site.get_by_text("2029年11月10日（含当日）").first.is_visible()
    assert not site.get_by_role("button", name="打印本页").is_visible()
