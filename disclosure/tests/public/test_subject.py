"""A subject's page reads like a file."""

from datetime import date

import pytest

from disclosure.public import pictures
from disclosure.public.pages import YearLine, year_lines
from disclosure.tests.public import factories as made
from records.tests import factories as ledger


def page_of(text, subject, query=""):
    return text(f"/subjects/{subject.code}/{query}")


def test_entries_stand_in_time_order_with_ground_result_and_steps(text):
    subject = ledger.SubjectFactory()
    made.ShownPermitFactory(record__subject=subject, record__decided_on=date(2025, 3, 1), decided_on=date(2025, 3, 1))
    made.ShownPenaltyFactory(record__subject=subject, earliest_repair_on=date(2027, 2, 10))
    page = page_of(text, subject)
    assert page.index("2026年</h3>") < page.index("2025年</h3>")
    for said in ("《食品安全法》第一百二十四条", "罚款人民币2000元。", "0.2万元（2,000元）", "公示至 2029年11月10日",
                 "2027年2月10日起可申请信用修复", "提出异议", "2026年11月2日 至 2031年11月1日"):  # fmt: skip
        assert said in page
    assert "行政许可 1 条，行政处罚 1 条" in page
    assert "2025年行政许可1条；2026年行政处罚1条" in page


def test_an_act_shows_its_result_and_ground(text):
    row = made.shown_act()
    page = page_of(text, row.subject)
    assert "未发现问题" in page
    assert "《消防法》第五十三条" in page


def test_a_tab_narrows_to_one_kind(text):
    subject = ledger.SubjectFactory()
    permit = made.ShownPermitFactory(record__subject=subject)
    penalty = made.ShownPenaltyFactory(record__subject=subject)
    page = page_of(text, subject, "?kind=penalty")
    assert penalty.public_id in page
    assert permit.public_id not in page
    assert permit.public_id in page_of(text, subject, "?kind=nonsense")


def test_registration_data_stand_on_the_side_and_not_among_the_entries(text):
    subject = ledger.SubjectFactory()
    row = made.registration(subject)
    page = page_of(text, subject)
    assert "50万元人民币" in page
    assert row.public_id not in page


def test_a_subject_without_entries_is_told_without_judgement(text):
    page = page_of(text, ledger.SubjectFactory())
    assert "无公示信息不等于对其信用状况作出评价" in page
    assert "登记机关尚未向本平台报送登记注册信息" in page


def test_head_and_branch_lead_to_each_other(text):
    head = ledger.SubjectFactory()
    branch = ledger.SubjectFactory(head=head, name="哈尔滨示例商贸有限公司南岗分公司")
    assert branch.name in page_of(text, head)
    assert f"/subjects/{head.code}/" in page_of(text, branch)


def test_many_branches_are_folded_and_all_are_there(text):
    head = ledger.SubjectFactory()
    named = [ledger.SubjectFactory(head=head, name=f"示例第{number:02}分公司").name for number in range(23)]
    body = page_of(text, head)
    assert all(name in body for name in named)
    assert "其余 3 家" in body
    assert body.index("示例第19分公司") < body.index("其余 3 家") < body.index("示例第20分公司")


def test_a_branch_without_a_page_is_not_listed(text):
    head = ledger.SubjectFactory()
    merged = ledger.SubjectFactory(head=head, name="示例并走分公司", merged_into=ledger.SubjectFactory())
    codeless = ledger.SubjectFactory(head=head, name="示例无码分公司", code=None)
    undone = ledger.SubjectFactory(head=head, name="示例撤回分公司")
    ledger.UndoneRecordFactory(subject=undone)
    meant = ledger.SubjectFactory(head=head, name="示例在册分公司")
    body = page_of(text, head)
    assert meant.name in body
    assert not any(gone.name in body for gone in (merged, codeless, undone))


def test_a_sole_trader_has_a_page(text):
    assert "个体工商户" in page_of(text, ledger.SoleTraderFactory())


def test_a_merged_subject_leads_to_the_canonical_one(client):
    canonical = ledger.SubjectFactory()
    merged = ledger.SubjectFactory(merged_into=canonical)
    assert client.get(f"/subjects/{merged.code}/")["Location"] == f"/subjects/{canonical.code}/"


def test_an_old_number_and_a_small_letter_lead_to_the_page(client):
    codes = (ledger.valid_code(77000000 + number) for number in range(50))
    subject = ledger.SubjectFactory(code=next(code for code in codes if code != code.lower()))
    number = ledger.SubjectIdentifierFactory(subject=subject)
    assert client.get(f"/subjects/{number.value}/")["Location"] == f"/subjects/{subject.code}/"
    assert client.get(f"/subjects/{subject.code.lower()}/")["Location"] == f"/subjects/{subject.code}/"


def test_the_second_page_goes_on_where_the_first_ended(client):
    subject = ledger.SubjectFactory()
    rows = {made.ShownPermitFactory(record__subject=subject).public_id for _ in range(23)}
    first = client.get(f"/subjects/{subject.code}/").context["page"]
    second = client.get(f"/subjects/{subject.code}/", {"cursor": first.next_cursor}).context["page"]
    assert {row.public_id for row in first.items} | {row.public_id for row in second.items} == rows
    assert len(second.items) == 3


def test_years_have_no_gap_and_keep_the_latest_twelve():
    lines = year_lines([("permit", date(2001, 1, 1)), ("penalty", date(2024, 1, 1)), ("act-levy", date(2026, 1, 1))])
    assert [line.year for line in lines] == list(range(2015, 2027))
    assert lines[-1] == YearLine(2026, 0, 0, 1)
    assert year_lines([]) == []


def test_a_drawing_needs_two_years():
    assert pictures.years([YearLine(2026, 3, 0, 0)]) is None


@pytest.mark.parametrize("most", [1, 7, 1000])
def test_bars_stay_inside_their_drawing(most):
    drawing = pictures.years([YearLine(2025, most, most, 1), YearLine(2026, 0, 1, 0)])
    for column in drawing.columns:
        for bar in column.bars:
            assert bar.y >= 0
            assert bar.y + bar.height <= drawing.height
