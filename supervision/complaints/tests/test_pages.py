"""The pages of complaints: what the public reads with its base, what the firm sees of itself, the desk's clocks, reports for their handlers alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from casework.rules.disputes import About
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections.queries.targets import item_found
from records.models import Subject
from records.tests.factories import CreditRecordFactory, SubjectFactory
from supervision.complaints.models import Complaint
from supervision.complaints.queries.desk import complaint_work, penalty_of
from supervision.complaints.queries.figures import firm_years, public_year
from supervision.complaints.tests.factories import TODAY, code_of, complaint, open_row, report, report_row, row, take

FAILED = {"TS_BLJG": "未达成调解"}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def firm(number: int) -> Subject:
    return Subject.objects.get(code=code_of(number))


@pytest.fixture
def trade(bureau):
    """Three firms of a trade: 1 of 5 settled, 3 of 5, 4 of 5; a fourth with a single complaint."""
    rows, number = [], 0
    for who, agreed, n in ((1, 1, 5), (2, 3, 5), (3, 4, 5), (4, 1, 1)):
        for each in range(n):
            number += 1
            rows.append(row(number, bureau, firm=who, **({} if each < agreed else FAILED)))
    take(rows, bureau)
    return bureau


def test_a_firm_is_shown_with_its_rate_its_n_and_the_median_of_the_trade(trade, client):
    page = text_of(client.get(reverse("complaints-public:firm", args=[code_of(1)])))
    for words in ("5件", "20.0%（5件）", "60.0%（食品）", "属于中性信息"):
        assert words in page
    assert "不足5件，不计算" in text_of(client.get(reverse("complaints-public:firm", args=[code_of(4)])))
    assert client.get(reverse("complaints-public:firm", args=["91230102MA00000000"])).status_code == 404


def test_a_chain_is_measured_per_shop(trade):
    head = firm(3)
    for _ in range(9):
        SubjectFactory(head=head)
    year = firm_years(head, TODAY)[0]
    assert (year.shops, year.per_shop_shown, year.trade_per_shop_shown) == (10, "0.50", "3.00")


def test_the_list_and_the_statistics_name_the_shop_and_not_the_platform(bureau, client):
    take([row(1, bureau, TS_PT="示例网购平台", TS_DP="示例小店"), row(2, bureau, firm=2, TS_LB="餐饮住宿")], bureau)
    page = text_of(client.get(reverse("complaints-public:list"), {"platform": "示例网购"}))
    assert "示诉第1" in page
    assert "示诉第2" not in page
    assert text_of(client.get(reverse("complaints-public:list"), {"trade": "餐饮住宿"})).count("示诉第2") == 1
    figures = text_of(client.get(reverse("complaints-public:statistics"), {"year": "2026"}))
    assert "示例网购平台" in figures
    assert "餐饮住宿" in figures
    export = client.get(reverse("complaints-public:list"), {"export": "csv"})
    said = b"".join(export.streaming_content).decode("utf-8-sig")
    assert "12315登记编号" in said
    assert "张伟" not in said


def test_divisions_of_one_name_are_counted_together(bureau):
    codes = ("230199", "230198", "999999", None, "230102")
    take([row(n, bureau, firm=n, TS_QH=code) for n, code in enumerate(codes, 1)], bureau)
    found = public_year(2026)
    districts = {line.label: line.tally.n for line in found.districts}
    assert districts == {"哈尔滨市": 2, "未注明": 2, "哈尔滨市道里区": 1}
    assert sum(districts.values()) == found.total.tally.n


def test_the_page_of_one_says_that_it_is_neutral_and_leads_to_the_penalty_that_came_of_it(bureau, client):
    found = complaint(bureau, TS_AJWH="示市监罚〔2026〕9号")
    address = reverse("public:disclosure", args=[found.record.disclosure.public_id])
    assert penalty_of(found) is None
    subject = found.record.subject
    record = CreditRecordFactory(kind="penalty", subject=subject, document_number="示市监罚〔2026〕9号")
    penalty = PublishedFactory(record=record)
    found = Complaint.objects.select_related("record").get(pk=found.pk)
    assert penalty_of(found) == record
    page = text_of(client.get(address))
    assert "不作为失信依据" in page
    assert reverse("public:disclosure", args=[penalty.public_id]) in page


def test_another_firms_penalty_of_the_same_number_is_not_linked(bureau):
    found = complaint(bureau, TS_AJWH="示市监罚〔2026〕9号")
    CreditRecordFactory(kind="penalty", document_number="示市监罚〔2026〕9号")
    assert penalty_of(found) is None


def test_the_firm_sees_its_complaints_and_may_object_and_no_report(bureau, client):
    take([row(1, bureau), open_row(2, bureau), report_row(3, bureau)], bureau)
    sign_in(client, ActiveFactory(subject=firm(1)))
    item = Disclosure.objects.get(kind="complaint", state="published")
    page = text_of(client.get(reverse("complaints:mine")))
    assert reverse("objection:my-new", args=["item", item.public_id]) in page
    assert "投诉尚未办结" in page
    assert "000003" not in page
    assert "消费投诉" in text_of(client.get(reverse("companies:home")))
    assert About.CONTENT in item_found(item.public_id, TODAY).abouts


def test_the_desk_sees_the_clocks_and_the_office_no_report(bureau, client):
    take([open_row(1, bureau, TS_DJRQ="2026-11-02"), row(2, bureau, firm=2)], bureau)
    held = report(bureau)
    clerk = ClerkFactory(department=bureau)
    client.force_login(clerk)
    page = text_of(client.get(reverse("complaints:list"), {"scope": "late"}))
    assert "示诉第1" in page
    assert "示诉第2" not in page
    late = Complaint.objects.get(closed_on=None)
    assert "逾期" in text_of(client.get(reverse("complaints:complaint", args=[late.pk])))
    assert "诉转案" in text_of(client.get(reverse("complaints:statistics"), {"year": "2026"}))
    assert [len(each.rows) for each in complaint_work(clerk, TODAY)] == [1, 0, 1]
    assert held.number in text_of(client.get(reverse("complaints:reports")))
    address = reverse("complaints:report", args=[held.pk])
    assert "过期原料" not in text_of(client.get(address))
    assert client.post(address, {"purpose": ""}).status_code == 422
    assert "过期原料" in text_of(client.post(address, {"purpose": "核查举报"}))
    for stranger, answer in ((ClerkFactory(department=DepartmentFactory()), 404), (CreditOfficeFactory(), 403)):
        client.force_login(stranger)
        assert client.get(address).status_code == answer
