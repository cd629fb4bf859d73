"""The main job from end to end in a real browser: file → mistakes → mended → form → review → public → correction → withdrawal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from credit_platform.accounts.models import Department
from credit_platform.web.tests.browsing import ORIGIN, comes_true
from disclosure.models import Disclosure
from records.models import CreditRecord, ImportBatch
from records.tests.factories import valid_code
from records.tests.imports.samples import penalty
from tests.people import PENALTY_BY_FORM, Keys, People, fill, filled_template, kept, saved, upload, words, workbook_of

pytestmark = pytest.mark.browser

NAME, CODE = "哈尔滨鹮鹬食品有限公司", valid_code(71234567)
NUMBER = "哈市监示例〔2026〕88号"
PENALTY = PENALTY_BY_FORM | {"CF_XDR_MC": NAME, "CF_XDR_SHXYM": CODE, "CF_WSH": NUMBER}
TWO_SIGNS = "鹮鹬"


@pytest.fixture
def people(browser, city) -> Iterator[People]:
    made = People(browser, city.password)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture
def bureau(city) -> Department:
    return city.user("scjgj_lr").department


def rows_of_a_file(bureau: Department) -> list[dict[str, object]]:
    """Two good rows and three with a mistake each: a wrong sign, no amount, a day to come."""
    good = {
        "HRB_CFCX": "普通程序",
        "HRB_YZCD": "一般",
        "HRB_LY": "其他",
        "CF_JDRQ": "2026/11/19",
        "CF_YXQ": "2027/11/19",
    }
    code = valid_code(30000002)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    spoilt = [{}, {"CF_XDR_SHXYM": wrong}, {}, {"CF_NR_FK": None}, {"CF_JDRQ": "2062/11/19"}]
    return [penalty(at, bureau, **(good | changes)) for at, changes in enumerate(spoilt, 1)]


def test_from_the_file_to_the_public_and_back(people, bureau, city):
    clerk = people.signed_in("scjgj_lr")
    refused = sends_a_file_with_mistakes(clerk, bureau, city)
    sends_the_mended_rows(clerk, refused)
    enters_one_by_form(clerk)
    submits(clerk)
    publishes_by_keyboard(people.signed_in("scjgj_sh"))
    page = finds_it_in_public(people.window())
    a_correction_follows(clerk, people.signed_in("scjgj_sh"), people.window(), page)
    a_withdrawal_follows(people.signed_in("scjgj_sh"), people.window(), page)


def sends_a_file_with_mistakes(clerk, bureau, city):
    before = CreditRecord.objects.count()
    upload(clerk, "十一月处罚.xlsx", filled_template(rows_of_a_file(bureau), city.today))
    told = words(clerk)
    assert "导入结果" in told
    assert "部分退回" in told
    assert CreditRecord.objects.count() == before + 2
    for row, column, mistake in (
        ("第4行", "代码", "校验"),
        ("第6行", "罚款金额", "罚款"),
        ("第7行", "处罚决定日期", "晚于今天"),
    ):
        line = clerk.locator("#findings ~ table tbody tr", has_text=row.replace("第", "第 ").replace("行", " 行"))
        assert line.count() == 1, row
        found = "".join(line.inner_text().split())
        assert column in found
        assert mistake in found
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="下载退回行").click()
    assert download.value.suggested_filename.endswith("_退回行.xlsx")
    return workbook_of(download.value)


def sends_the_mended_rows(clerk, book):
    """Each refused row says why; the clerk changes the one cell and sends the same workbook."""
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "*处罚决定日期" for cell in row))
    at = {str(cell.value).lstrip("*"): cell.column for cell in head}
    body = [number for number in range(head[0].row + 1, sheet.max_row + 1) if sheet.cell(number, at["原因"]).value]
    reasons = [str(sheet.cell(number, at["原因"]).value) for number in body]
    assert [word in reason for word, reason in zip(("校验", "罚款金额", "晚于今天"), reasons, strict=True)] == [
        True,
        True,
        True,
    ], reasons
    column = {label.split("（")[0].split("(")[0]: where for label, where in at.items()}
    sheet.cell(body[0], column["行政相对人代码_1"], valid_code(30000002))
    sheet.cell(body[1], column["罚款金额"], "0.2")
    sheet.cell(body[2], column["处罚决定日期"], "2026/11/19")
    before = CreditRecord.objects.count()
    upload(clerk, "十一月处罚_退回行.xlsx", saved(book))
    assert "全部行均符合数据标准" in words(clerk)
    assert CreditRecord.objects.count() == before + 3
    batch = ImportBatch.objects.latest("pk")
    assert (batch.state, batch.accepted, batch.rejected) == ("done", 3, 0)


def enters_one_by_form(clerk):
    clerk.goto(f"{ORIGIN}/desk/records/new/")
    clerk.get_by_role("link", name="行政处罚").first.click()
    clerk.wait_for_url("**/new/penalty-2018/**")
    mistaken = PENALTY | {"CF_XDR_SHXYM": CODE[:-1], "CF_JDRQ": "", "CF_NR_FK": "很多"}
    fill(clerk, mistaken)
    clerk.get_by_role("button", name="校验并入库").click()
    summary = clerk.locator(".error-summary")
    summary.wait_for()
    assert comes_true(clerk, "document.activeElement.className === 'error-summary'")
    for name in ("CF_XDR_SHXYM", "CF_JDRQ", "CF_NR_FK"):
        assert summary.locator(f"a[href='#id_{name}']").count() >= 1, name
        assert clerk.locator(f"#id_{name}_box .field-error").first.is_visible(), name
        assert f"id_{name}_error" in (clerk.locator(f"[name={name}]").get_attribute("aria-describedby") or "")
    assert kept(clerk, mistaken) == mistaken
    assert summary.bounding_box()["y"] < clerk.locator("form.record-form").bounding_box()["y"]
    summary.locator("a[href='#id_CF_JDRQ']").first.click()
    assert comes_true(clerk, "document.activeElement.name === 'CF_JDRQ'")
    fill(clerk, {name: PENALTY[name] for name in ("CF_XDR_SHXYM", "CF_JDRQ", "CF_NR_FK")})
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    assert "0.3万元（3,000元）" in words(clerk)


def submits(clerk):
    clerk.get_by_role("link", name="打开公示事项").click()
    clerk.wait_for_url("**/desk/disclosures/*/")
    assert "待提交" in words(clerk)
    clerk.get_by_role("link", name="提交审核").click()
    clerk.wait_for_url("**/submit/")
    clerk.get_by_role("button", name="提交审核").click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    assert "已提交审核" in words(clerk)


def publishes_by_keyboard(reviewer):
    row = Disclosure.objects.get(document_number=NUMBER)
    reviewer.goto(f"{ORIGIN}/desk/disclosures/?q={TWO_SIGNS}")
    keys = Keys(reviewer)
    keys.follow(NAME)
    reviewer.wait_for_url(f"**/desk/disclosures/{row.pk}/")
    keys.follow("审核")
    reviewer.wait_for_url("**/review/")
    assert "未按规定公示年度报告" in words(reviewer)
    address = reviewer.url
    reviewer.keyboard.press("p")
    reviewer.keyboard.press("s")
    reviewer.wait_for_url(lambda url: url != address)
    row.refresh_from_db()
    assert row.state == "published"
    assert row.reviewed_by_id != row.submitted_by_id


def finds_it_in_public(visitor) -> str:
    visitor.goto(f"{ORIGIN}/")
    visitor.get_by_role("search").get_by_role("searchbox").first.fill(TWO_SIGNS)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/search/**")
    visitor.get_by_role("link", name=NAME).click()
    visitor.wait_for_url(f"**/subjects/{CODE}/")
    visitor.get_by_role("link", name="未按规定公示年度报告").first.click()
    visitor.wait_for_url("**/disclosure/*/")
    told = words(visitor)
    # 一般失信 under the rule in force since 2026-04-01: a year from the decision, and it stops by itself (令第36号).
    assert "公示到哪一天2027年11月20日（含当日）" in told
    assert "最长公示12个月：截至2027年11月20日（含当日" in told
    assert "适用规则：《信用修复管理办法》" in told
    assert "最早可于2027年2月21日申请信用修复" in told
    assert "应公示日期2026年12月1日" in told
    assert "按时" in told
    counted = visitor.locator("details.why", has_text="7 个工作日怎样计算")
    counted.locator("summary").click()
    steps = counted.inner_text()
    assert "11月28日（星期六）：周末休息，不计" in steps
    assert "12月1日（星期二）：工作日，第7个工作日" in steps
    return visitor.url


def a_correction_follows(clerk, reviewer, visitor, page):
    row = Disclosure.objects.get(document_number=NUMBER)
    before = (row.due_on, row.ends_on, row.published_on)
    clerk.goto(f"{ORIGIN}/desk/records/{row.record_id}/edit/")
    fill(clerk, {"CF_SY": "未在规定期限内公示2025年度报告，经两次责令后仍未公示。"})
    clerk.get_by_role("button", name="保存修改").click()
    clerk.wait_for_url(f"**/desk/records/{row.record_id}/")
    visitor.goto(page)
    assert "经两次责令" not in words(visitor), "the public sees the old text until a second person confirms"
    reviewer.goto(f"{ORIGIN}/desk/disclosures/{row.pk}/")
    reviewer.get_by_role("link", name="确认更正").click()
    reviewer.wait_for_url("**/correct/")
    fill(reviewer, {"reason": "决定书所载事实录入不全，予以更正。"})
    reviewer.get_by_role("button", name="确认更正").click()
    reviewer.wait_for_url(f"**/desk/disclosures/{row.pk}/")
    visitor.goto(page)
    told = words(visitor)
    assert "经两次责令" in told
    assert "已更正" in told
    row.refresh_from_db()
    assert (row.due_on, row.ends_on, row.published_on) == before, "a correction restarts nothing"


def a_withdrawal_follows(reviewer, visitor, page):
    note = "该处罚决定经行政复议被依法撤销，原公示信息不再有效。"
    row = Disclosure.objects.get(document_number=NUMBER)
    reviewer.goto(f"{ORIGIN}/desk/disclosures/{row.pk}/withdraw/")
    reviewer.get_by_role("button", name="撤回公示").click()
    reviewer.locator(".error-summary").wait_for()
    fill(
        reviewer,
        {"annulled_on": "2026-11-23", "reason": "哈政复决〔2026〕5号决定撤销原处罚决定。", "public_note": note},
    )
    reviewer.get_by_role("button", name="撤回公示").click()
    reviewer.wait_for_url(f"**/desk/disclosures/{row.pk}/")
    answer = visitor.goto(page)
    assert answer.status in (200, 410)
    told = words(visitor)
    assert "该项公示已撤销" in told
    assert note in told
    assert "哈政复决" not in told, "the reason is for the desk"
    assert "经两次责令" not in told
    visitor.goto(f"{ORIGIN}/search/?q={TWO_SIGNS}")
    assert "未按规定公示年度报告" not in words(visitor)


def test_entry_and_review_without_a_mouse(people, bureau, city):
    page = people.window()
    keys = Keys(page)
    page.goto(f"{ORIGIN}/desk/")
    page.wait_for_url(f"{ORIGIN}/accounts/login/**")
    keys.give("username", "scjgj_lr")
    keys.give("password", city.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{ORIGIN}/desk/")
    keys.follow("录入记录")
    page.wait_for_url("**/new/")
    keys.to_text("行政处罚信息", 150)
    page.keyboard.press("Enter")
    page.wait_for_url("**/new/penalty-2018/**")
    for name, value in PENALTY.items():
        keys.give(name, value)
    assert kept(page, PENALTY) == PENALTY
    keys.follow("校验并入库")
    page.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    keys.follow("打开公示事项")
    page.wait_for_url("**/desk/disclosures/*/")
    keys.follow("提交审核")
    page.wait_for_url("**/submit/")
    keys.follow("提交审核")
    page.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    row = Disclosure.objects.get(document_number=NUMBER)
    assert row.state == "submitted"
    publishes_by_keyboard(people.signed_in("scjgj_sh"))


def test_the_same_without_script(people, bureau, city):
    clerk = people.signed_in("scjgj_lr", script=False)
    upload(clerk, "处罚.xlsx", filled_template(rows_of_a_file(bureau), city.today))
    assert "部分退回" in words(clerk)
    assert "晚于今天" in words(clerk)
    clerk.goto(f"{ORIGIN}/desk/records/new/penalty-2018/")
    wrong = PENALTY | {"CF_SY": ""}
    fill(clerk, wrong)
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.locator(".error-summary").wait_for()
    assert kept(clerk, wrong) == wrong
    fill(clerk, {"CF_SY": PENALTY["CF_SY"]})
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    submits(clerk)
    row = Disclosure.objects.get(document_number=NUMBER)
    reviewer = people.signed_in("scjgj_sh", script=False)
    reviewer.goto(f"{ORIGIN}/desk/disclosures/{row.pk}/review/")
    reviewer.get_by_label("通过并立即公示").check()
    reviewer.get_by_role("button", name="确定").click()
    reviewer.wait_for_url(lambda url: not url.endswith(f"/{row.pk}/review/"))
    row.refresh_from_db()
    assert row.state == "published"
    page = finds_it_in_public(people.window(script=False))
    assert row.public_id in page
