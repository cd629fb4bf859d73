"""What a company sees of a breach case about itself: nothing before service, then its day to speak, then the decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from casework.queries.course import may_speak, where_it_stands
from commitments.breaches.pages import MINE
from commitments.tests.cases import TODAY, ShortfallLetterFactory, case_in
from companies.tests.factories import ActiveFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base(today, db):
    call_command("load_base", verbosity=0)


def page_of(client, case) -> tuple[str, int]:
    sign_in(client, ActiveFactory(subject=case.subject))
    return client.get("/my/").content.decode(), client.get(f"/my/commitments/cases/{case.pk}/").status_code


@pytest.mark.parametrize("state", ["candidate", "notified", "dismissed", "annulled"])
def test_what_was_not_served_or_was_dropped_is_not_told(client, state):
    home, status = page_of(client, case_in(state))
    assert "没有需要办理的事项" in home
    assert status == 404


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("served", "可以陈述申辩"),
        ("heard", "已陈述申辩，待认定"),
        ("determined", "已认定"),
        ("decided", "不适用告知承诺"),
    ],
)
def test_from_service_on_it_stands_on_the_home_page(client, state, word):
    case = case_in(state)
    home, status = page_of(client, case)
    assert word in home
    assert f'href="/my/commitments/cases/{case.pk}/"' in home
    assert status == 200


def test_the_page_has_the_notice_and_the_last_day_to_speak(client):
    case = case_in("served")
    sign_in(client, ActiveFactory(subject=case.subject))
    page = client.get(f"/my/commitments/cases/{case.pk}/").content.decode()
    day = case.hearing.until
    assert all(
        word in page
        for word in (case.hearing.notice, case.number, f"{day.year}年{day.month}月{day.day}日", "可以陈述和申辩")
    )


def test_a_decided_case_tells_document_and_measures(client):
    case = case_in("decided")
    sign_in(client, ActiveFactory(subject=case.subject))
    page = client.get(f"/my/commitments/cases/{case.pk}/").content.decode()
    assert case.document_number in page
    assert case.own.measures.select_related("measure").get().measure.name in page
    assert "可以陈述和申辩" not in page


def test_a_case_of_another_subject_does_not_exist(client):
    case = case_in("served")
    sign_in(client, ActiveFactory())
    assert client.get(f"/my/commitments/cases/{case.pk}/").status_code == 404


def test_the_last_day_counts_and_the_day_after_is_too_late():
    case = MINE.rows(case_in("served").subject).get()
    assert may_speak(case, case.hearing.until)
    late = case.hearing.until + timedelta(days=1)
    assert not may_speak(case, late)
    assert where_it_stands(case, late) == "陈述申辩期限已过，待认定"


def test_missing_papers_name_the_matter_and_to_whom_they_go(client):
    letter = ShortfallLetterFactory(shortfall_due_on=TODAY + timedelta(days=60))
    sign_in(client, ActiveFactory(subject=letter.subject))
    home = client.get("/my/").content.decode()
    assert f"补交至{letter.department.name}" in home
    assert letter.matter.name in home
