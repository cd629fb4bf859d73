"""Joint action in a real browser: a department accepts, gives feedback, a second person confirms, the entry ends, it is lifted; the board."""

from __future__ import annotations

import os

import pytest

from casework.models import Case
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.web.tests.browsing import ORIGIN, fits, open_site
from sanctions.joint.models import JointItem
from sanctions.joint.rules import LIFTING, TASK
from sanctions.joint.tests.factories import end, listed, measured, pushed

pytestmark = [pytest.mark.browser]


@pytest.fixture
def look(page, axe):
    """Both widths: the page fits and axe finds nothing."""

    def at_both_widths(name):
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{name} is wider than {width}"
            assert axe(page) == [], name
            if folder := os.environ.get("LOOK_AT"):
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})

    return at_both_widths


def send(page, label):
    with page.expect_navigation():
        page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.locator("h1").wait_for()  # the page that sends the browser on has none
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()


def the_clerk_reports(page, look, case):
    """From the desk: taken on, answered for all at once, looked at line by line, reported."""
    page.goto(f"{ORIGIN}/desk/")
    page.get_by_role("link", name=case.number).click()
    page.wait_for_load_state()
    look("task")
    page.get_by_role("link", name="接受任务").click()
    send(page, "接受任务")
    page.get_by_role("link", name="填写反馈").click()
    page.wait_for_load_state()
    look("fill")
    page.get_by_label("已执行").check()
    page.get_by_label("执行日期").fill("2026-11-20")
    page.get_by_label("执行文书号").fill("示执〔2026〕1号")
    send(page, "填写反馈")
    page.get_by_role("link", name="全部条目、反馈表下载和上传").click()
    page.wait_for_load_state()
    look("lines")
    page.get_by_role("link", name=JointItem.objects.first().measure.measure.name).first.click()
    page.wait_for_load_state()
    look("line")
    page.goto(f"{ORIGIN}/desk/joint/tasks/{case.pk}/")
    page.get_by_role("link", name="提交反馈").click()
    send(page, "提交反馈")
    assert page.get_by_role("link", name="确认反馈").count() == 0, "who reported does not confirm"


def the_reviewer_lifts(page, look, case):
    """The entries have ended: what was carried out is lifted with words."""
    lifting = Case.objects.of(LIFTING).get()
    page.goto(f"{ORIGIN}/desk/joint/liftings/{lifting.pk}/")
    look("lifting")
    page.get_by_role("link", name="确认解除").click()
    page.get_by_label("解除情况").fill("已在业务系统中解除。")
    send(page, "确认解除")
    assert set(JointItem.objects.filter(task=case.pk).values_list("state", flat=True)) == {"lifted"}


@pytest.mark.django_db
def test_a_task_from_the_desk_to_the_lifting(page, client, look):
    open_site(page, client)
    one, two = DepartmentFactory(), DepartmentFactory()
    measured(one, two)
    entries = listed(3)
    pushed(entries)
    case = Case.objects.of(TASK).get(department=one)
    clerk, reviewer, office = ClerkFactory(department=one), ReviewerFactory(department=one), CreditOfficeFactory()
    client.force_login(clerk)
    the_clerk_reports(page, look, case)
    client.force_login(reviewer)
    page.goto(f"{ORIGIN}/desk/joint/tasks/{case.pk}/")
    page.get_by_role("link", name="确认反馈").click()
    send(page, "确认反馈")
    assert Case.objects.get(pk=case.pk).state == "completed"
    end(entries, "early")
    the_reviewer_lifts(page, look, case)
    client.force_login(office)
    page.goto(f"{ORIGIN}/desk/joint/board/")
    look("board")
    assert page.get_by_role("link", name=two.short_name).count() == 1
    page.goto(f"{ORIGIN}/desk/joint/actions/{case.jointtask.action_id}/")
    look("action")
