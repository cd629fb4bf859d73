"""In a browser: a firm authorises an agency, takes it back between two calls, and reads both of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.errors import Refused
from credit_platform.web.tests.browsing import ORIGIN, open_site
from industry.agencies import actions
from industry.agencies.tests.factories import connected
from industry.base_data import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_an_authorisation_is_taken_back_between_two_calls_and_both_are_read(page, client, axe):
    load()
    agency, account = connected(), ActiveFactory()
    sign_in(client, account)
    open_site(page, client)
    page.goto(f"{ORIGIN}/my/agencies/")
    assert axe(page) == []
    page.get_by_role("link", name=f"授权 {agency.subject.name}").click()
    page.get_by_label("用途", exact=True).fill("贷款评估")
    until = timezone.localdate() + timedelta(days=100)
    page.locator("[name=ends_on]").fill(until.isoformat())
    page.get_by_label("本单位授权该机构").check()
    page.get_by_role("button", name="授权", exact=True).click()
    expect(page.get_by_text("该机构还没有查询过")).to_be_visible()
    code = account.subject.code
    actions.call(code, matter="第一次评估", by=agency.client)
    page.get_by_role("link", name="撤回授权").click()
    page.get_by_role("button", name="撤回授权").click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    with pytest.raises(Refused):
        actions.call(code, matter="第二次评估", by=agency.client)
    page.reload()
    expect(page.get_by_role("row", name="第一次评估")).to_contain_text("已答复")
    expect(page.get_by_role("row", name="第二次评估")).to_contain_text("未予查询")
    assert axe(page) == []
