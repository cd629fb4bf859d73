"""The rules of repair by the tables of cases and by what must hold for every item and every course: day before, the day, the day after."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.clocks import Pause
from credit_platform.workdays.rules import Calendar
from disclosure.queries.book import book
from disclosure.rules.cases import answer
from repair.base_data import PROFILES
from repair.rules.clocks import Course, dates_of
from repair.rules.eligibility import Around, Item, May, eligibility, first_day, may_apply
from repair.rules.handling import blocked_until, missing_sentences

TABLE = Path(__file__).parents[2] / "disclosure" / "tests" / "data" / "repair_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
GB22 = PROFILES["GB22"][1]
PLAIN = Calendar({}, frozenset(range(2020, 2031)))
ONE = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def rules(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return book()


def taken(item: Item, on: date) -> bool:
    found = eligibility(item, on=on)
    return not list(may_apply(found, performed_on=item.performed_on, decided_on=item.decided_on, on=on))


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_an_application_is_taken_from_the_very_day_of_the_table(case, rules):
    performed_at_once = answer(case | {"performed_on": case["decided_on"]}, rules)
    item = Item(
        decided_on=day(case["decided_on"]),
        is_shown=case["published"] == "1",
        first_on=day(performed_at_once["first_application_on"]),
        last_on=day(case["publication_ends_on"]),
        performed_on=day(case["performed_on"]),
    )
    first = day(case["first_application_on"])
    if first is None:
        tried = [item.decided_on, item.first_on, item.performed_on, item.last_on, day(case["evaluated_on"])]
        assert not any(taken(item, on + wait) for on in tried if on for wait in (-ONE, timedelta(0), ONE))
        return
    assert first_day(item) == first
    assert [taken(item, on) for on in (first - ONE, first)] == [False, True]
    assert [taken(item, on) for on in (item.last_on, item.last_on + ONE)] == [True, False]


ITEMS = st.builds(
    Item,
    decided_on=DAYS,
    first_on=st.none() | DAYS,
    last_on=st.none() | DAYS,
    performed_on=st.none() | DAYS,
    after_end=st.booleans(),
)


@given(ITEMS, DAYS)
def test_never_before_the_first_day_and_always_on_it(item, on):
    first = first_day(item)
    if first is None or on < first:
        assert eligibility(item, on=on).may is not May.NOW
    if first is not None:
        assert eligibility(item, on=first).may is May.NOW
        assert item.performed_on is None or first >= item.performed_on


@pytest.mark.parametrize(
    ("more", "around", "may"),
    [
        ({"is_repaired": True}, {}, May.REPAIRED),
        ({"is_shown": False}, {}, May.OVER),
        ({}, {"handled": "信修〔2026〕000001号"}, May.HANDLED),
        ({}, {"blocked_until": date(2026, 11, 23)}, May.BLOCKED),
        ({}, {"blocked_until": date(2026, 11, 22)}, May.NOW),
        ({"is_classed": False}, {}, May.ASK),
        ({"first_on": None}, {}, May.NEVER),
        ({"first_on": None, "from_performance": True}, {}, May.CORRECT),
        ({"last_on": date(2026, 11, 22)}, {}, May.OVER),
        ({"last_on": date(2026, 11, 22), "after_end": True}, {}, May.NOW),
    ],
)
def test_what_else_answers(more, around, may):
    given_ = {"decided_on": date(2026, 8, 1), "first_on": date(2026, 11, 2), "last_on": date(2027, 8, 1)} | more
    assert eligibility(Item(**given_), on=date(2026, 11, 23), around=Around(**around)).may is may


@given(DAYS, st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_no_stage_passes_the_decision_nor_the_decision_the_answer(applied, accepted, verified, longer):
    accepted_on = applied + timedelta(days=accepted)
    verified_on = accepted_on + timedelta(days=verified)
    dates = dates_of(Course(applied, (), accepted_on, verified_on, is_extended=longer), GB22, PLAIN)
    assert dates.verify_due <= dates.decide_due <= dates.answer_due
    assert dates.review_due <= dates.decide_due


@given(DAYS, st.integers(0, 5), st.integers(0, 30))
def test_a_request_for_papers_costs_exactly_the_working_days_that_it_took(applied, after, took):
    asked = applied + timedelta(days=after)
    supplied = asked + timedelta(days=took)
    straight = dates_of(Course(applied), GB22, PLAIN).answer_due
    paused = dates_of(Course(applied, (Pause(asked, supplied),)), GB22, PLAIN).answer_due
    stood = sum(PLAIN.is_workday(asked + timedelta(days=n)) for n in range(1, took + 1))
    assert PLAIN.workdays_between(straight, paused) == (stood if asked < straight else 0)


def test_while_papers_are_awaited_nothing_falls_due():
    dates = dates_of(Course(date(2026, 11, 23), (Pause(date(2026, 11, 24)),)), GB22, PLAIN)
    assert (dates.accept_due, dates.answer_due) == (None, None)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("所提交的材料真实、合法、有效；愿意承担违背承诺的责任。", 0),
        ("所提交的材料真实、合法、有效。", 1),
        ("愿意承担违背承诺的责任。", 1),
        ("材料齐全。责任自负。", 2),
    ],
)
def test_a_letter_needs_both_sentences(text, missing):
    assert len(missing_sentences(text)) == missing


def test_a_block_ends_on_the_corresponding_day_of_the_month():
    assert blocked_until(date(2026, 8, 31), 6) == date(2027, 2, 28)
