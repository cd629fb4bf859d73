"""A visitor at the window, by keyboard alone: a scanned licence, purpose, right, the answer, the paper, the next visitor."""

import pytest
from playwright.sync_api import expect

from credit_platform.web.tests.browsing import ORIGIN, open_site
from lookups import base_data
from lookups.models import Query
from records.tests.factories import SubjectFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def window(page, client, wendy_window):
    """The screen, open before a clerk."""
    base_data.load()
    client.force_login(wendy_window)
    open_site(page, client)
    page.goto(f"{ORIGIN}/window/")
    return page


def test_from_the_scanner_to_the_paper_without_a_mouse(window, axe):
    page, firm = window, SubjectFactory()
    assert axe(page) == []
    page.keyboard.type(firm.code)
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("已核对来访人身份证件和单位证明")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=firm.name)).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="信用信息查询结果")).to_be_visible()
    assert axe(page) == []
    query = Query.objects.get()
    assert query.results == 1
    page.go_back()
    page.keyboard.press("r")
    expect(page.locator("[name=code]")).to_have_value(firm.code)
    expect(page.locator("[name=case_number]")).to_have_value(query.number)


def test_a_server_that_is_away_is_told(window):
    page = window
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("暂时连不上服务器")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
