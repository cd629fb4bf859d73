"""In a browser: a person learns and has a certificate that anybody verifies; a trainer invites, enters who came, another confirms it."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect

from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.web.tests.browsing import ORIGIN, open_site
from education.models import Attempt, Certificate
from education.rules.courses import State
from education.tests.factories import NUMBER, version_in
from education.trainings.tests.factories import on_the_day, penalised, planned

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_from_the_list_of_courses_to_a_certificate_that_a_stranger_verifies(page, client, axe):
    version = version_in(State.PUBLISHED)
    open_site(page, client)
    page.goto(f"{ORIGIN}/education/")
    assert axe(page) == []
    page.get_by_role("link", name="个人登记学习").click()
    page.get_by_label("姓名", exact=True).fill("张示例")
    page.get_by_label("身份证号码", exact=True).fill(NUMBER)
    page.get_by_label("我同意").check()
    page.get_by_role("button", name="登记并取得学习码").click()
    expect(page.get_by_role("heading", name="已登记")).to_be_visible()
    page.get_by_role("button", name="开始学习").click()
    expect(page.get_by_role("heading", name="我的学习")).to_be_visible()
    assert NUMBER not in page.url
    page.get_by_role("link", name="考试和结果").click()
    page.get_by_role("button", name="开始考试").click()
    expect(page.get_by_role("button", name="交卷")).to_be_visible()
    assert axe(page) == []
    for question in Attempt.objects.get().paper:
        (place,) = question["right"]
        page.locator(f"[name=q{question['id']}][value='{place}']").check()
    page.get_by_role("button", name="交卷").click()
    expect(page.get_by_text("考试合格")).to_be_visible()
    page.get_by_role("link", name="打印证书").click()
    expect(page.get_by_role("heading", name="诚信教育培训证书")).to_be_visible()
    assert axe(page) == []
    row = Certificate.objects.get()
    assert row.course_version == version
    page.goto(f"{ORIGIN}/reports/verify/")
    page.locator("textarea").first.fill(f"{row.number} {row.code}")
    page.get_by_role("button", name="核对").first.click()
    expect(page.get_by_text("由本平台签发。请与证书逐项核对。")).to_be_visible()
    for _, text in row.printed:
        expect(page.get_by_text(text, exact=True).first).to_be_visible()


def test_a_trainer_invites_enters_who_came_and_another_confirms(page, client, axe):
    row = planned()
    (subject,) = penalised(row, 1)
    client.force_login(row.planned_by)
    open_site(page, client)
    page.goto(f"{ORIGIN}/desk/trainings/{row.pk}/")
    page.get_by_role("link", name="通知并邀请").click()
    page.get_by_label("本单位作出的行政处罚正在公示的主体").check()
    page.get_by_role("button", name="通知并邀请").click()
    expect(page.get_by_role("link", name="登记签到")).to_be_visible()
    assert axe(page) == []
    with on_the_day(row):
        client.force_login(row.planned_by)
        open_site(page, client)
        page.goto(f"{ORIGIN}/desk/trainings/{row.pk}/seats/new/")
        page.get_by_label("单位的统一社会信用代码").fill(subject.code)
        page.get_by_label("参加人员姓名").fill("张示例")
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_role("cell", name="张**")).to_be_visible()
        page.get_by_role("link", name="签到登记完成").click()
        page.get_by_role("button", name="签到登记完成").click()
        expect(page.get_by_text("签到待确认").first).to_be_visible()
        other = Client()
        other.force_login(ReviewerFactory(department=row.department))
        open_site(page, other)
        page.goto(f"{ORIGIN}/desk/trainings/{row.pk}/close/")
        page.get_by_role("button", name="确认签到").click()
        expect(page.get_by_role("heading", name="覆盖情况")).to_be_visible()
        assert axe(page) == []
