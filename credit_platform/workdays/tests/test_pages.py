"""The administrator's way through a real browser: paste the notice, read the preview, confirm."""

import pytest

from credit_platform.accounts.tests.factories import SystemAdminFactory
from credit_platform.workdays import queries
from credit_platform.workdays.tests.calendars import NOTICE_2027

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_notice_is_pasted_previewed_and_confirmed(page, live_server, client, settings):
    user = SystemAdminFactory(username="admin-of-calendar")
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/admin/workdays/holidaynotice/")
    page.get_by_role("link", name="录入通知").click()
    page.get_by_label("年份").fill("2027")
    page.get_by_label("通知正文").fill(NOTICE_2027)
    page.get_by_role("button", name="预览影响").click()
    assert page.get_by_text("与现行日历不同的日期").is_visible()
    page.get_by_label("备注").fill("年度更新")
    page.get_by_role("button", name="确认录入并重新计算").click()
    assert page.get_by_text("已录入《国务院办公厅关于2027年部分节假日安排的通知》").is_visible()
    assert 2027 in queries.from_rows().published_years
    assert complaints == []


def test_after_a_test_that_emptied_the_tables_the_calendar_is_back(db):
    assert queries.from_rows().published_years == frozenset(range(2007, 2027))
