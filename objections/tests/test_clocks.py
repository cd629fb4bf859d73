"""Clocks by the table of cases, and by what must hold for every course: day before, the day, the day after; pauses; the hard limit."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.clocks import Pause
from credit_platform.errors import Refused
from credit_platform.workdays.rules import Calendar
from objections import base_data
from objections.clock_rows import PROFILES
from objections.rules.cases import ASKED, answer
from objections.rules.clocks import Course, dates_of

TABLE = Path(__file__).parent / "data" / "objection_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
# The table takes every Monday to Friday of a year without notice as a working day. 1 January is a day off by law before any notice
# says so (全国年节及纪念日放假办法 art. 2), so what reaches past it ends one working day later.
NEW_YEAR = {"O23": {"source_due": "2027-01-06", "hard_limit": "2027-01-15", "suppressed_from": "2027-01-07"}}
HRB = PROFILES["HRB"][1]
PLAIN = Calendar({}, frozenset(range(2020, 2031)))


@pytest.fixture
def profiles(db):
    """The profiles that every installation begins with."""
    base_data.load()


DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@pytest.mark.django_db
@pytest.mark.usefixtures("profiles")
def test_the_command_answers_every_case_of_the_table():
    out = io.StringIO()
    call_command("explain_clocks", TABLE, stdout=out)
    found = {row["case_id"]: row for row in csv.DictReader(io.StringIO(out.getvalue()))}
    for case in CASES:
        assert {name: found[case["case_id"]][name] for name in case} == case | NEW_YEAR.get(case["case_id"], {})


@pytest.mark.django_db
@pytest.mark.usefixtures("profiles")
def test_a_year_without_notice_says_that_it_is_provisional():
    out = io.StringIO()
    call_command("explain_clocks", TABLE, stdout=out)
    told = {row["case_id"]: row["why"] for row in csv.DictReader(io.StringIO(out.getvalue()))}
    assert "暂定" in told["O23"]
    assert "暂定" not in told["O13"]


@pytest.mark.django_db
@pytest.mark.usefixtures("profiles")
@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("没有,2026-06-01,,,,,,0", "profile"),
        ("HRB,2026-6-1,,,,,,0", "filed_on"),
        ("HRB,2026-06-01,,2026-06-03,,,,0", "supplied_on"),
        ("HRB,2026-06-01,,,2026-05-29,,,0", "accepted_on"),
        ("HRB,2026-06-01,,,2026-06-02,,2026-06-03,0", "answered_on"),
        ("HRB,2026-06-01,2026-05-29,,,,,0", "asked_on"),
        ("HRB,2026-06-01,,,,,,是", "extended"),
        ("HRB,2020-10-15,,,,,,0", "profile"),
    ],
)
def test_a_row_that_cannot_be_answered_is_told_by_row_and_column(tmp_path, row, column):
    path = tmp_path / "a.csv"
    path.write_text(f"profile,{','.join(COLUMNS)},extended\n{row}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=f"第2行“{column}”列"):
        call_command("explain_clocks", path, stdout=io.StringIO())


COLUMNS = ("filed_on", "asked_on", "supplied_on", "accepted_on", "forwarded_on", "answered_on")


@given(DAYS, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.booleans())
def test_no_stage_passes_the_hard_limit(filed, accepted, forwarded, answered, extended):
    days = [filed]
    for gap in (accepted, forwarded, answered):
        days.append(days[-1] + timedelta(days=gap))
    dates = dates_of(Course(days[0], (), *days[1:], is_extended=extended), HRB, PLAIN)
    assert dates.source_due <= dates.hard_limit
    assert dates.final_due <= dates.hard_limit


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_a_request_for_papers_costs_the_unit_exactly_the_working_days_that_it_took(filed, after, took):
    asked = filed + timedelta(days=after)
    supplied = asked + timedelta(days=took)
    straight = dates_of(Course(filed), HRB, PLAIN)
    paused = dates_of(Course(filed, (Pause(asked, supplied),)), HRB, PLAIN)
    if asked >= straight.hard_limit:
        assert paused.hard_limit == straight.hard_limit
        return
    stood = sum(PLAIN.is_workday(asked + timedelta(days=n)) for n in range(1, took + 1))
    assert PLAIN.workdays_between(straight.hard_limit, paused.hard_limit) == stood


def test_while_papers_are_awaited_nothing_that_runs_from_filing_falls_due():
    dates = dates_of(Course(date(2026, 6, 1), (Pause(date(2026, 6, 2)),)), HRB, PLAIN)
    assert (dates.accept_due, dates.hard_limit) == (None, None)


@pytest.mark.parametrize(
    ("answered", "suppressed"), [(None, date(2026, 6, 12)), (date(2026, 6, 11), None), (date(2026, 6, 12), None)]
)
def test_a_silent_source_is_told_on_the_calendar_day_after_its_last_day(answered, suppressed):
    course = Course(date(2026, 6, 1), (), date(2026, 6, 3), date(2026, 6, 4), answered)
    dates = dates_of(course, HRB, PLAIN)
    assert (dates.source_due, dates.suppressed_from) == (date(2026, 6, 11), suppressed)


def test_a_rule_that_hides_nothing_never_says_since_when():
    course = Course(date(2026, 6, 1), (), date(2026, 6, 3), date(2026, 6, 4))
    assert dates_of(course, PROFILES["HRB7"][1], PLAIN).suppressed_from is None


def test_the_answer_names_the_text_that_the_days_come_from():
    row = {"profile": "HEN2019", "filed_on": "2026-03-02"}
    told = answer(row, profiles=lambda code, on: PROFILES[code][1], calendar=PLAIN)
    assert set(told) == set(ASKED)
    assert told["why"] == "河南省社会信用条例第四十一条"


def test_a_row_without_a_filing_day_is_refused():
    with pytest.raises(Refused) as refused:
        answer({"profile": "HRB", "filed_on": ""}, profiles=lambda code, on: HRB, calendar=PLAIN)
    assert refused.value.code == "filed_on"
