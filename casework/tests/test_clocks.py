"""Clocks that stop, are made longer in time only, and move with the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import followers
from casework.actions.clocks import case_days
from casework.actions.opening import open_case, open_many
from casework.models import Case, ClockProfile
from casework.queries.clocks import clock_of, days_of, profile_of, stage_of
from casework.rules import clocks
from casework.rules.clocks import Clock, Pause
from casework.tests.factories import TODAY, begun, case_in
from casework.tests.toy.procedure import TOY
from casework.tests.toy.procedure import clock as take_clock
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar, DayRule

WEEKS = Calendar({}, frozenset({2026}))
DAYS = st.dates(date(2026, 1, 5), date(2026, 10, 30))


def test_working_days_inside_a_pause_do_not_count():
    plain = clocks.last_day(Clock(date(2026, 6, 1), 3), WEEKS)
    paused = clocks.last_day(Clock(date(2026, 6, 1), 3, (Pause(date(2026, 6, 2), date(2026, 6, 10)),)), WEEKS)
    assert plain == (date(2026, 6, 4), False)
    assert paused == (date(2026, 6, 12), False)


def test_a_clock_that_stands_has_no_last_day():
    assert clocks.last_day(Clock(TODAY, 3, (Pause(TODAY),)), WEEKS) is None


@given(DAYS, st.integers(1, 20), st.integers(0, 10), st.integers(0, 15))
def test_a_pause_adds_exactly_the_working_days_that_it_covers(start, days, after, long):
    asked = start + timedelta(days=after)
    pause = Pause(asked, asked + timedelta(days=long))
    plain, whole = clocks.last_day(Clock(start, days), WEEKS), clocks.last_day(Clock(start, days, (pause,)), WEEKS)
    assert plain
    assert whole
    if asked >= plain[0]:
        assert whole == plain
    else:
        outside = [
            day
            for n in range(1, (whole[0] - start).days + 1)
            if WEEKS.is_workday(day := start + timedelta(days=n)) and not pause.covers(day)
        ]
        assert len(outside) == days
        assert WEEKS.is_workday(whole[0])


@pytest.mark.parametrize(("day", "codes"), [(-1, []), (0, []), (1, ["clock.late"])])
def test_longer_only_until_the_last_day(day, codes):
    found = clocks.may_extend(TODAY, on=TODAY + timedelta(days=day), extended=0, most=1, days=10)
    assert [each.rule for each in found] == codes


def test_not_more_often_than_allowed_and_not_without_a_clock():
    assert [each.rule for each in clocks.may_extend(TODAY, on=TODAY, extended=1, most=1, days=5)] == ["clock.again"]
    assert [each.rule for each in clocks.may_extend(None, on=TODAY, extended=0, most=1, days=5)] == ["clock.none"]


@pytest.fixture
def running(desk) -> Case:
    case = begun()
    Case.objects.filter(pk=case.pk).update(due_from=TODAY, due_days=5, due_on=date(2026, 11, 30))
    return case


@pytest.fixture
def profile(db) -> ClockProfile:
    return ClockProfile.objects.create(
        procedure="toy", profile="DEFAULT", stage="begun", days=5, extension=10, extensions=1, basis="示例办法第二条",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_a_case_stands_and_goes_on(running, clock):
    by = running.drafted_by
    stopped = take_clock(running, "pause", by=by, why="等待补充材料")
    assert (stopped.paused, stopped.due_on) == (True, date(2026, 11, 30))
    assert not Case.objects.running().filter(pk=running.pk).exists()
    with pytest.raises(Refused):
        take_clock(running, "pause", by=by, why="又等")
    clock(date(2026, 11, 27))
    going = take_clock(running, "resume", by=by)
    # 24 to 27 November are left out: 30 November, 1 to 4 December count.
    assert (going.paused, going.due_on) == (False, date(2026, 12, 4))
    assert clock_of(going).pauses == (Pause(TODAY, date(2026, 11, 27), "等待补充材料"),)
    with pytest.raises(Refused):
        take_clock(running, "resume", by=by)


@pytest.mark.parametrize("late", [False, True])
def test_a_case_is_extended_on_the_last_day_and_not_the_day_after(running, profile, clock, late):
    clock(date(2026, 12, 1) if late else date(2026, 11, 30))
    given = {"by": running.drafted_by, "profile": profile, "reason": "案情复杂"}
    if late:
        with pytest.raises(Refused):
            take_clock(running, "extend", **given)
        return
    longer = take_clock(running, "extend", **given)
    assert (longer.due_days, longer.extended, longer.due_on) == (15, 1, date(2026, 12, 14))
    with pytest.raises(Refused):
        take_clock(running, "extend", **given)


def test_a_notice_that_gives_a_day_off_moves_running_deadlines_only(running):
    heard = case_in("heard")
    done = case_in("done")
    old = calendar()
    new = Calendar({**old.special, date(2026, 11, 25): DayRule(False, "示例假日", "示例通知")}, old.published_years)
    moved = {each.label: each.new_due for each in case_days.preview(old, new)}
    assert moved == {running.number: date(2026, 12, 1), heard.number: date(2026, 12, 1)}
    assert case_days.recompute(old, new, by=SYSTEM) == 2
    assert case_days.recompute(old, new, by=SYSTEM) == 0
    for case in (running, heard, done):
        case.refresh_from_db()
    assert (running.due_on, heard.due_on, done.due_on) == (date(2026, 12, 1), date(2026, 12, 1), None)
    assert heard.hearing.until == date(2026, 11, 30), "it has spoken: its last day to do so stays as it was told"


@pytest.mark.django_db
def test_a_stage_has_the_days_of_the_row_in_force_else_those_that_are_said():
    row = {"procedure": TOY.slug, "stage": "response", "profile": "default", "basis": "示例依据"}
    ClockProfile.objects.create(days=7, valid_from=TODAY, valid_until=TODAY + timedelta(days=9), **row)
    ClockProfile.objects.create(days=4, valid_from=TODAY + timedelta(days=10), **row)

    def days(after, stage="response"):
        return days_of(TOY, stage, on=TODAY + timedelta(days=after), otherwise=5)

    assert [days(after) for after in (-1, 0, 9, 10)] == [5, 7, 7, 4]
    assert days(0, "execution") == 5


@pytest.mark.django_db
@pytest.mark.parametrize("days", [None, 5])
def test_many_begin_with_the_deadline_of_one(days):
    department, own = DepartmentFactory(), {"facts": "经查属实。"}
    with acting(SYSTEM):
        one = open_case(TOY, subject=None, department=department, by=SYSTEM, on=TODAY, days=days, own=own)
        (of_many,) = open_many(TOY, [(None, department, own)], by=SYSTEM, on=TODAY, days=days)
    clocks_of = [(case.due_from, case.due_days, case.due_on, case.due_provisional) for case in (one, of_many)]
    assert clocks_of[0] == clocks_of[1]
    assert (clocks_of[0][2] is None) is (days is None)
    assert days is None or clocks_of[0][2] == calendar().due_on(TODAY, days)


@pytest.mark.django_db
def test_many_that_begin_are_told_to_followers_like_one(monkeypatch):
    found = []
    monkeypatch.setattr(
        followers, "_followers", {TOY.slug: [lambda case, verb, by: found.append((case.pk, verb, case.own.facts))]}
    )
    begun = [(None, DepartmentFactory(), {"facts": f"经查属实{n}。"}) for n in range(2)]
    with acting(SYSTEM):
        cases = open_many(TOY, begun, by=SYSTEM, on=TODAY)
    assert found == [(case.pk, "open", f"经查属实{n}。") for n, case in enumerate(cases)]


def test_of_two_rows_in_force_the_later_one_counts(db):
    row = {"procedure": TOY.slug, "stage": "notify", "profile": "default", "basis": "示例依据"}
    for extension, since in ((1, TODAY - timedelta(days=9)), (2, TODAY)):
        ClockProfile.objects.create(days=7, extension=extension, extensions=1, valid_from=since, **row)
    found = stage_of(TOY.slug, "default", "notify", TODAY)
    assert found.extension == profile_of(TOY.slug, "default", TODAY)["notify"].extension == 2
    assert stage_of(TOY.slug, "default", "serve", TODAY) is None
