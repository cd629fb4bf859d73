"""A visitor at the window, by keyboard alone: a scanned licence, purpose, right, the answer, the paper, the signed report."""

import sys
import time

import pytest
from playwright.sync_api import expect

from credit_platform.web.tests.browsing import ORIGIN, open_site
from disclosure.tests.factories import PublishedFactory
from lookups import base_data
from lookups.models import Query
from reports import base_data as report_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def window(page, client, wendy_window):
    """The screen, open before a clerk."""
    base_data.load()
    client.force_login(wendy_window)
    open_site(page, client)
    page.goto(f"{ORIGIN}/window/")
    return page


def asked_by_keys(page, firm) -> None:
    """From the scanner, which ends with Enter, to the answer."""
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
    page.wait_for_load_state()  # the keys are there when the page is


def test_from_the_scanner_to_the_paper_without_a_mouse(window, axe):
    page, firm = window, PublishedFactory().subject
    assert axe(page) == []
    asked_by_keys(page, firm)
    assert axe(page) == []
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="信用信息查询结果")).to_be_visible()
    assert axe(page) == []
    query = Query.objects.get()
    assert query.results == 2
    page.go_back()
    page.keyboard.press("r")
    expect(page.locator("[name=code]")).to_have_value(firm.code)
    expect(page.locator("[name=case_number]")).to_have_value(query.number)


def test_from_the_scanner_to_the_signed_report_with_the_seconds_told(window, settings, tmp_path, capsys):
    """The plan's aim is 20 seconds. A slow machine is no finding, so the seconds are printed and not judged."""
    settings.MEDIA_ROOT = tmp_path
    report_rows.load()
    page, firm = window, PublishedFactory().subject
    begun = time.perf_counter()
    asked_by_keys(page, firm)
    answered = time.perf_counter()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="出具报告")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="下载报告")).to_be_focused()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    done = time.perf_counter()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    with capsys.disabled():
        sys.stdout.write(
            f"\nwindow: {answered - begun:.1f} s to the answer, {done - begun:.1f} s to the signed report\n"
        )


def test_a_server_that_is_away_is_told(window):
    page = window
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("暂时连不上服务器")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_hidden()
