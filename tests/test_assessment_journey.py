"""A department contests a number of its sheet in a real browser: down to the row, with a reason, and up to the sheet that was added up anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assessment.models import ContestCase, Month, Sheet
from credit_platform.web.tests.browsing import ORIGIN
from tests.people import People, fill, words

pytestmark = pytest.mark.browser

REASON = "当日平台停机，材料已经按期提交。"


@pytest.fixture
def people(browser, city) -> Iterator[People]:
    made = People(browser, city.password)
    yield made
    made.close()
    assert made.complaints == []


def test_a_department_contests_a_number_down_to_its_row(people, city):
    clerk, office = people.signed_in("scjgj_lr"), people.signed_in("xyb2")
    takes_its_contest_back(clerk)
    number = finds_what_was_missed(clerk)
    case = contests_it(clerk, number)
    the_office_corrects_it(office, case)
    reads_the_new_sheet(clerk, case)


def takes_its_contest_back(page) -> None:
    """One is open in the city already; of one number one is handled at a time."""
    page.goto(f"{ORIGIN}/desk/assessment/contests/")
    number = ContestCase.objects.get(case__state="lodged").case.number
    page.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
    page.get_by_role("link", name="撤回申诉").click()
    fill(page, {"reason": "理由需要补充。"})
    page.get_by_role("button", name="撤回申诉").click()
    page.get_by_text("已撤回。").first.wait_for()


def finds_what_was_missed(page) -> str:
    """From the months to the sheet to the number."""
    month = Month.objects.latest("first")
    indicator = ContestCase.objects.get(case__state="withdrawn").number.get_indicator_display()
    page.goto(f"{ORIGIN}/desk/assessment/months/")
    page.get_by_role("link", name=month.label, exact=True).click()
    page.get_by_role("heading", name=f"{month.label}考核表").wait_for()
    page.get_by_role("link", name="市场监督管理局").first.click()
    page.get_by_role("link", name=indicator, exact=True).click()
    page.get_by_role("heading", name=indicator, exact=True).wait_for()
    assert "未完成" in words(page)
    return page.url


def contests_it(page, number: str) -> str:
    """Without a row it is told what is missing; with one it is lodged."""
    page.get_by_role("link", name="提出申诉").click()
    fill(page, {"text": REASON})
    page.get_by_role("button", name="提出申诉").click()
    page.locator(".error-summary").wait_for()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="提出申诉").click()
    page.get_by_text("申诉已提出，等待答复。").wait_for()
    assert REASON in words(page)
    return page.url


def the_office_corrects_it(page, case: str) -> None:
    page.goto(case)
    page.get_by_role("link", name="更正数字").click()
    fill(page, {"reason": "经核对平台日志，申诉成立。"})
    page.get_by_role("button", name="更正数字").click()
    page.get_by_text("已更正，考核表已重算。").wait_for()


def reads_the_new_sheet(page, case: str) -> None:
    page.goto(case)
    page.get_by_role("link", name="重算后的考核表").click()
    page.get_by_text("按申诉更正").wait_for()
    newest = Sheet.objects.current().filter(version__gt=1).latest("pk")
    assert page.url.endswith(f"/sheets/{newest.pk}/")
