"""The look in a real browser: no accessibility finding, no overflow, nothing that the security policy blocks."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from credit_platform.web.tests.browsing import ORIGIN, comes_true, fits, open_site

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PAGES = ["/desk/", "/desk/style/", "/desk/style/?errors=1", "/desk/style/public/", "/desk/style/print/", "/nothing/"]


@pytest.fixture
def site(page, client):
    client.force_login(get_user_model().objects.create(username="viewer", full_name="某甲"))
    open_site(page, client)
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_is_accessible(site, axe, path, width):
    site.set_viewport_size({"width": width, "height": 900})
    site.goto(ORIGIN + path)
    assert fits(site)
    assert axe(site) == []
    expected = ["404"] if path == "/nothing/" else []
    assert [text for text in site.complaints if not any(code in text for code in expected)] == []


def test_large_type_still_fits_a_phone(site, client):
    client.cookies["large_type"] = "1"
    site.set_viewport_size({"width": 390, "height": 844})
    for path in ("/desk/style/", "/desk/style/public/"):
        site.goto(ORIGIN + path)
        assert site.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        assert fits(site)


def test_the_summary_takes_the_focus_and_leads_to_the_field(site):
    site.goto(ORIGIN + "/desk/style/?errors=1")
    assert comes_true(site, "document.activeElement.className === 'error-summary'")
    site.get_by_role("link", name="请填写统一社会信用代码。").click()
    assert comes_true(site, "document.activeElement.id === 'id_code'")


def test_the_chart_is_drawn_and_its_table_folds_away(site):
    site.goto(ORIGIN + "/desk/style/")
    assert site.locator(".chart-canvas canvas").count() == 1
    assert not site.locator("figure:has(.chart-canvas) details").evaluate("element => element.open")


def test_the_menu_opens_on_a_phone_without_script(site):
    site.set_viewport_size({"width": 390, "height": 844})
    site.goto(ORIGIN + "/desk/style/")
    menu = site.get_by_role("navigation", name="工作台导航")
    assert not menu.is_visible()
    site.get_by_role("link", name="菜单", exact=True).click()
    assert menu.is_visible()
    site.get_by_role("link", name="关闭菜单").click()
    assert not menu.is_visible()
