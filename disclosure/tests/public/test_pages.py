"""Every page answers, says what it should, and takes whatever an address may hold."""

from datetime import date

import pytest
from django.urls import reverse

from disclosure.tests.public import factories as made
from records.identifiers import idcard
from records.tests import factories as ledger

EMPTY = [
    "/", "/search/", "/disclosure/permits/", "/disclosure/penalties/", "/disclosure/acts/levy/", "/statistics/", "/open-data/",
    "/about/", "/help/", "/repair/", "/objections/", "/disclosure/rss/permit.xml", "/sitemap.xml", "/robots.txt",
]  # fmt: skip


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_answers_before_anything_was_published(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/disclosure/acts/none/", "/disclosure/nosuchid2345/", "/subjects/91230102MA0000000X/", "/subjects/你好/",
     "/disclosure/rss/none.xml", "/disclosure/rss/registration.xml", "/sitemap-none-0.xml", "/sitemap-pages-1.xml"],
)  # fmt: skip
def test_what_does_not_exist_is_a_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/search/?q=%00", 400), ("/search/?q=%E5%93%88", 422), ("/search/?q=" + "哈" * 500, 200), ("/search/?q=%FF%FE", 200),
        ("/search/?q=%E5%95%86%E8%B4%B8&after=x", 400), ("/search/?q=%E5%95%86%E8%B4%B8&after=" + "9" * 18, 200),
        ("/disclosure/permits/?cursor=abc", 400), ("/disclosure/permits/?export=pdf", 400),
        ("/disclosure/permits/?size=x&sort=y", 200), ("/disclosure/permits/?year=1066", 422),
        ("/disclosure/permits/?authority=none", 422), ("/disclosure/permits/?district=999999", 422),
        ("/disclosure/permits/?published_from=32.13.2026", 422), ("/disclosure/permits/?q=x", 422),
        ("/disclosure/permits/?q=x&export=csv", 400), ("/disclosure/rss/permit.xml?year=1066", 400),
        ("/statistics/?year=0002026", 200), ("/statistics/?year=%C2%B2026&kind=x&view=y", 200), ("/statistics/?year=99999", 200),
        ("/disclosure/nosuch%00id/", 400),
    ],
)  # fmt: skip
def test_odd_parameters_are_answered_in_order(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", ["/", "/search/", "/disclosure/permits/", "/statistics/", "/repair/"])
def test_pages_only_answer_reading(client, path):
    assert client.post(path).status_code == 405


def test_the_home_page_shows_what_was_published_today(text):
    made.ShownPermitFactory(published_on=made.TODAY)
    made.ShownPenaltyFactory(published_on=date(2026, 11, 20))
    page = text("/")
    assert "今日公示<span" in page
    assert "食品经营许可" in page
    assert "2026年11月20日公示" in page
    assert page.count("<span>今日公示</span>") == 1


def test_the_home_page_says_when_nothing_was_published_today(text):
    made.ShownPenaltyFactory()
    assert "2026年11月23日尚无新的公示" in text("/")


def test_the_footer_tells_until_when_the_data_are(text, django_capture_on_commit_callbacks):
    from disclosure.models import DisclosureChange

    assert "数据更新至" not in text("/about/")
    row = made.ShownPermitFactory()
    DisclosureChange.objects.create(disclosure=row, event=DisclosureChange.Event.APPEARED)
    from django.core.cache import cache

    cache.clear()
    assert "数据更新至" in text("/about/")


def test_a_code_leads_from_the_search_to_the_subject(client):
    subject = ledger.SubjectFactory()
    answer = client.get("/search/", {"q": f" {subject.code.lower()} "})
    assert answer.status_code == 302
    assert answer["Location"] == f"/subjects/{subject.code}/"


def test_the_search_marks_what_was_looked_for_and_names_the_former_name(text):
    subject = ledger.SubjectFactory(name="哈尔滨松花商贸有限公司")
    ledger.SubjectNameFactory(subject=subject, name="哈尔滨丁香商贸有限公司", is_current=False)
    page = text("/search/?q=丁香")
    assert "曾用名：哈尔滨<mark>丁香</mark>商贸有限公司" in page
    assert "道里区" in page


def test_the_search_escapes_what_was_typed(text):
    page = text("/search/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_search_finds_documents_with_any_brackets(text):
    row = made.ShownPenaltyFactory()
    asked = row.document_number.replace("〔", "[").replace("〕", "]")
    assert row.public_id in text(f"/search/?q={asked}")


def test_more_results_follow_by_key(client, text):
    for _ in range(23):
        ledger.SubjectFactory()
    first = client.get("/search/", {"q": "示例"}).context["found"].subjects
    assert len(first.hits) == 20
    second = client.get("/search/", {"q": "示例", "after": first.after}).context["found"].subjects
    assert {hit.subject.pk for hit in first.hits} & {hit.subject.pk for hit in second.hits} == set()
    assert len(second.hits) == 3


def test_one_disclosure_explains_its_dates(text):
    row = made.ShownPenaltyFactory()
    page = text(reverse("public:disclosure", args=[row.public_id]))
    for said in (
        "《食品安全法》第一百二十四条", "0.2万元（2,000元）", "2029年11月10日（含当日）", "已可以申请",
        "信用修复管理办法", "逾期公示" if row.published_on > row.due_on else "按时", row.authority.name,
    ):  # fmt: skip
        assert said in page


def test_a_late_one_says_so(text):
    row = made.ShownPenaltyFactory(due_on=date(2026, 11, 9))
    assert "逾期公示" in text(f"/disclosure/{row.public_id}/")


def test_one_that_waits_for_performance_names_no_day(text):
    row = made.ShownPenaltyFactory(ends_on=date(2026, 1, 1), waits_for_performance=True)
    assert "期满并履行、纠正完毕之日" in text(f"/disclosure/{row.public_id}/")


def test_a_corrected_one_says_so(text):
    row = made.ShownPermitFactory(corrected_on=date(2026, 11, 20))
    page = text(f"/disclosure/{row.public_id}/")
    assert "已更正" in page
    assert "2026年11月20日" in page


def test_a_permit_without_an_end_is_long_term(text):
    row = made.ShownPermitFactory(ends_on=None, record__valid_until=date(2099, 12, 31))
    page = text(f"/disclosure/{row.public_id}/")
    assert "不设截止日" in page
    assert "长期" in page


def test_the_repair_page_tells_the_rules_in_force_and_before(text):
    page = text("/repair/periods/")
    assert page.count("现行") == 1
    assert "1年" in page
    assert "1949" not in page


def test_a_persons_number_is_not_looked_up_and_the_page_says_so(text):
    made.ShownPenaltyFactory()
    number = "23010219900307123" + idcard.make_check_digit("23010219900307123")
    page = text(f"/search/?q={number}")
    assert "本站不提供自然人信用信息查询" in page
    assert "没有找到相关主体或文书" not in page


def test_registration_data_have_the_words_of_a_register(text):
    row = made.registration(ledger.SubjectFactory(), document_number="")
    page = text(f"/disclosure/{row.public_id}/")
    assert all(word in page for word in ("登记内容", f"{row.authority.name}登记并报送。"))
    assert not any(word in page for word in ("决定内容", "行政相对人", "<dt>文书号"))
    assert f'href="/subjects/{row.subject.code}/"' in page
