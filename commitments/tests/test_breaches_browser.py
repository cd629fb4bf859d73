"""A letter followed in a real browser: reviewed 未履行, suspected, told, served, heard, found by a second person, decided, public."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actions.tips import TipReport
from casework.models import Case
from casework.tests.drawing import announced
from commitments.breaches.actions import open_reported
from commitments.letters.actions import signing
from commitments.reviews import actions as reviews
from commitments.reviews.actions.sampling import SAMPLING
from commitments.tests import cases, signing_factories
from commitments.tests.cases import TODAY
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ApiClientFactory, ClerkFactory, ReviewerFactory
from credit_platform.web.tests.browsing import ORIGIN, fits, open_site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("desk")]


@pytest.fixture
def letter(desk):
    letter = cases.DueLetterFactory()
    letter.entry.measures.add(
        cases.MeasureFactory(), cases.MeasureFactory(code="CS9999", name="记入信用记录", kind="record", months=None)
    )
    reviews.open_due(TODAY)
    return letter


@pytest.fixture
def signed(desk, live_server):
    """A letter that a company signed online in August, whose first review falls due now."""
    made_on = date(2026, 8, 24)
    entry, firm = signing_factories.EntryFactory(department__name="哈尔滨市示例局"), ActiveFactory()
    entry.measures.add(
        cases.MeasureFactory(), cases.MeasureFactory(code="CS9999", name="记入信用记录", kind="record", months=None)
    )
    seen = signing.draft(entry, entry.matter.templates.get(), firm.subject, signing_factories.VALUES, made_on).sha256
    signature = signing.sign(
        entry, by=firm, values=signing_factories.VALUES, seen=seen, site=live_server.url, on=made_on
    )
    reviews.open_due(TODAY)
    return signature.letter


@pytest.fixture
def sign(page, client, live_server, settings):
    def as_user(user):
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return as_user


def send(page, label: str) -> None:
    page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()
    assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()


def review_and_suspect(page, site, letter):
    """The clerk finds 未履行 by the keyboard, and begins a case."""
    page.goto(f"{site}/desk/commitments/reviews/")
    page.get_by_role("link", name=letter.subject.name).click()
    page.wait_for_url("**/reviews/*/")
    page.wait_for_load_state()
    page.keyboard.press("4")
    assert page.get_by_label("未履行").is_checked()
    page.get_by_label("核查方式").fill("现场核查")
    page.get_by_label("核查情况").fill("未按承诺配备冷藏设备。")
    send(page, "登记")
    page.get_by_role("link", name="提出违诺处理").click()
    page.get_by_label("未履行承诺").check()
    assert page.get_by_label("违诺事实").input_value() == "未按承诺配备冷藏设备。"
    send(page, "提出")
    assert page.get_by_role("link", name="作出决定").count() == 0


def tell_and_hear(page):
    """The subject is told, served and heard."""
    page.get_by_role("link", name="告知", exact=True).click()
    assert "陈述、申辩" in page.get_by_label("告知内容").input_value()
    send(page, "告知")
    page.get_by_role("link", name="登记送达").click()
    page.get_by_label("送达方式").select_option("直接送达")
    page.get_by_label("送达回证").set_input_files(
        {"name": "回证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    send(page, "登记送达")
    page.get_by_text("陈述申辩截止日").click()
    assert page.get_by_text("起算日2026年11月23日（星期一）当日不计入期限").is_visible()
    page.get_by_role("link", name="登记陈述申辩").click()
    page.get_by_label("陈述申辩内容").fill("设备正在采购。")
    send(page, "登记陈述申辩")


def find_and_decide(page):
    """A second person finds with reasons, and decides."""
    page.get_by_role("link", name="认定", exact=True).click()
    page.get_by_label("认定理由").fill("事实清楚，证据充分。")
    page.get_by_label("对陈述申辩的意见").fill("承诺时已知需要设备，不予采纳。")
    send(page, "认定")
    page.get_by_role("link", name="作出决定").click()
    page.get_by_label("决定文书号").fill("示市监诺决〔2026〕7号")
    page.get_by_role("button", name="作出决定").click()
    assert page.get_by_text("确认后立即入库").is_visible()
    assert page.get_by_text("未按承诺配备冷藏设备。").is_visible()
    send(page, "确认作出决定")
    assert page.get_by_text("期限12个月，自决定之日（2026年11月23日）次日起计算，至2027年11月23日止").is_visible()


def read_in_public(page, site, letter):
    """The breach stands on its own page and on the subject's."""
    page.get_by_role("link", name="公示页面").click()
    for text in ("未履行承诺", "未按承诺配备冷藏设备。", "示市监诺决〔2026〕7号", "2026年11月23日", "2027年11月23日"):
        assert page.get_by_text(text).first.is_visible()
    page.goto(f"{site}/subjects/{letter.subject.code}/")
    assert page.get_by_text("示市监诺决〔2026〕7号").first.is_visible()


@pytest.mark.django_db(transaction=True)
def test_a_signed_letter_from_its_review_to_the_breach_and_the_answer_that_it_bars(
    signed, page, client, live_server, sign
):
    letter, site = signed, live_server.url
    sign(ClerkFactory(department=letter.department))
    review_and_suspect(page, site, letter)
    tell_and_hear(page)
    # Who drafted it is not offered the finding.
    assert page.get_by_role("link", name="认定", exact=True).count() == 0
    sign(ReviewerFactory(department=letter.department))
    page.reload()
    find_and_decide(page)
    read_in_public(page, site, letter)
    key = "tested-key-of-an-approval-system-2026"
    ApiClientFactory(key=key, scopes=["records.read"])
    given = {"code": letter.subject.code, "matter": letter.matter.code, "purpose": "办件 SP2026-1"}
    answer = client.get("/api/v1/commitments/availability/", given, headers={"X-Api-Key": key}).json()
    assert (answer["available"], answer["until"]) == (False, "2027-11-23")
    assert answer["case_number"] == Case.objects.get().number


@pytest.mark.django_db
@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_fit_and_are_accessible(width, letter, page, client, axe):
    review = letter.reviews.get()
    done = cases.ReviewFactory(letter__entry=letter.entry, due_on=TODAY.replace(day=2), escalated_on=TODAY)
    decided = cases.case_in("decided", letter__entry=letter.entry)
    served = cases.case_in("served", letter__entry=letter.entry)
    heard = cases.case_in("heard", letter__entry=letter.entry)
    candidate = cases.CandidateFactory(letter__entry=letter.entry)
    short = cases.ShortfallLetterFactory(entry__department=letter.department)
    told = open_reported(
        cases.LetterFactory(entry=letter.entry),
        kind="false",
        facts="经核查属实。",
        told=TipReport("phone", TODAY, "没有设备。", "王某某"),
        by=ClerkFactory(department=letter.department),
    )
    reviewer = ReviewerFactory(department=letter.department)
    drawn = announced(SAMPLING, reviewer)
    client.force_login(reviewer)
    open_site(page, client)
    page.set_viewport_size({"width": width, "height": 900})
    base = "/desk/commitments/"
    paths = [
        f"{base}reviews/", f"{base}reviews/{review.pk}/", f"{base}reviews/{done.pk}/", f"{base}reviews/escalated/",
        f"{base}shortfalls/", f"{base}shortfalls/{short.pk}/", "/desk/draws/", f"/desk/draws/{drawn.pk}/", f"/draws/{drawn.number}/",
        f"{base}breaches/?scope=all", f"{base}breaches/{decided.pk}/", f"{base}breaches/{served.pk}/",
        f"{base}breaches/new/{done.letter_id}/", f"{base}breaches/reported/{done.letter_id}/", f"{base}breaches/{told.pk}/informant/",
        f"{base}breaches/{told.pk}/", f"{base}breaches/{candidate.pk}/notify/", f"{base}breaches/{heard.pk}/determine/",
        f"{base}breaches/{decided.pk}/annul/", f"{base}breaches/{decided.pk}/print/notice/", f"{base}breaches/{decided.pk}/print/decision/",
    ]  # fmt: skip
    for path in paths:
        page.goto(ORIGIN + path)
        assert fits(page), path
        assert axe(page) == [], path
