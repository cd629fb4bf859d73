"""Proofs: which decisions they tell, in which words, for whom."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import CreditOfficeFactory, DepartmentFactory
from credit_platform.errors import Forbidden, Refused
from disclosure import actions as publication
from disclosure.public.verifiers import verified
from disclosure.tests.factories import (
    DisclosureFactory,
    EndedFactory,
    RepairedFactory,
    SuspendedFactory,
    WithdrawnFactory,
    severe_penalty,
)
from reports import actions
from reports.actions import Wanted
from reports.models import Report
from reports.papers.archive import twin_of
from reports.rules.proof import CLEAN, Period, against, word_of
from reports.tests.factories import SITE, TODAY, asked, company, field, item, proven

usual = pytest.mark.usefixtures("hall")


def told(report: Report) -> str:
    return json.dumps(json.loads(twin_of(actions.file_of(report)))["chapters"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("state", "ends_on", "word"),
    [
        ("published", date(2026, 11, 22), "公示期满"),
        ("published", date(2026, 11, 23), "公示中"),
        ("published", date(2026, 11, 24), "公示中"),
        ("published", None, "公示中"),
        ("suspended", date(2026, 11, 24), "中止公示"),
        ("ended", date(2026, 11, 24), "公示期满"),
        ("repaired", date(2026, 11, 24), "已修复，提前终止公示"),
    ],
)
def test_each_decision_says_where_it_stands(state, ends_on, word):
    assert word_of(state, ends_on=ends_on, day=TODAY) == word


@pytest.mark.parametrize(
    ("since", "until", "field_named"),
    [
        (date(2021, 11, 22), TODAY, "since"),
        (date(2021, 11, 23), TODAY, ""),
        (date(2021, 11, 24), TODAY, ""),
        (TODAY, TODAY, ""),
        (date(2026, 11, 24), TODAY, "since"),
        (TODAY, date(2026, 11, 24), "until"),
    ],
)
def test_the_days_are_those_of_five_years_and_none_to_come(since, until, field_named):
    assert [each.field for each in against(Period(since, until), ["f0"], TODAY)] == (
        [field_named] if field_named else []
    )
    assert "fields" in [each.field for each in against(Period(since, until), [], TODAY)]


@usual
def test_a_proof_tells_what_was_public_with_where_it_stands_and_nothing_else():
    shown = item()
    subject, bureau = shown.subject, shown.source_department
    states = (RepairedFactory, EndedFactory, SuspendedFactory, WithdrawnFactory, DisclosureFactory)
    repaired, ended, held, withdrawn, draft = (
        make(record=severe_penalty(subject=subject, source_department=bureau)) for make in states
    )
    elsewhere = item(record=severe_penalty(subject=subject))
    text = told(proven(company(subject), field(bureau)).report)
    for each, word in ((shown, "公示中"), (repaired, "已修复"), (ended, "公示期满"), (held, "中止公示")):
        assert each.document_number in text
        assert word in text
    for each in (withdrawn, draft, elsewhere):
        assert each.document_number not in text
    assert bureau.name in text
    assert "期间：2024年1月1日至2026年11月23日" in text


@usual
@pytest.mark.parametrize(("day", "in_it"), [(-1, True), (0, True), (1, False)])
def test_the_first_day_counts(day, in_it):
    shown = item()
    since = date.fromordinal(shown.decided_on.toordinal() + day)
    report = proven(company(shown.subject), field(shown.source_department), since=since).report
    assert (shown.document_number in told(report), report.items) == (in_it, int(in_it))


@usual
def test_a_clean_line_says_what_it_means_and_who_vouches():
    account = ActiveFactory()
    clean = field(DepartmentFactory(name="示例市税务局"), name="税务")
    data = json.loads(twin_of(actions.file_of(proven(account, clean).report)))
    assert data["summary"] == [{"word": "税务", "items": 0}]
    assert "示例市税务局" in data["chapters"][0]["note"]
    assert "没有收到" in CLEAN
    assert "不评分、不评级" in "".join(data["explanations"])


@usual
def test_it_is_for_the_firm_itself_and_for_fields_that_somebody_vouches_for():
    shown = item()
    whole = field(shown.source_department)
    wanted = Wanted((whole.code,), Period(date(2026, 1, 1), TODAY))
    with pytest.raises(Forbidden):
        actions.issue_proof(shown.subject, asked(), wanted, by=ActiveFactory(), site=SITE)
    for useless in (field(), field(shown.source_department, valid_until=date(2026, 11, 22))):
        with pytest.raises(Refused, match="至少选择一个领域"):
            proven(company(shown.subject), useless)


@usual
def test_a_later_repair_changes_it_and_is_not_told():
    shown = item()
    made = proven(company(shown.subject), field(shown.source_department))
    entrance = f"{made.report.number} {made.code}".encode()
    assert verified(entrance).notes == []
    publication.repair(shown, by=CreditOfficeFactory(), reason="修复决定")
    verdict = verified(entrance)
    assert verdict.genuine
    assert any("公示信息有变化" in note for note in verdict.notes)
    assert "修复" not in str(verdict.notes)


@usual
def test_the_page_asks_and_gives(client):
    shown = item()
    whole = field(shown.source_department)
    sign_in(client, company(shown.subject))
    page = reverse("reports:my-proof")
    assert shown.source_department.name in client.get(page).content.decode()
    wrong = client.post(page, {"purpose": "tender", "since": "2026-12-01", "until": "2026-11-23"})
    assert (wrong.status_code, Report.objects.count()) == (422, 0)
    given = {"purpose": "tender", "fields_asked": [whole.code], "since": "2025年1月1日", "until": "2026-11-23"}
    answer = client.post(page, given, follow=True)
    assert "专项信用报告" in answer.content.decode()
    assert Report.objects.get().fields == [whole.code]
