"""Months are frozen and contested; schemes hold by date; circulars keep their figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from assessment.models import CircularCase, Month, Number, SchemeCase, Sheet
from assessment.sheets.actions import circulars, contesting, freezing, schemes
from assessment.sheets.actions.circulars import signed_file
from assessment.sheets.queries.figures import differences
from assessment.sheets.queries.scores import as_told, scored
from assessment.sheets.queries.sources import SOURCES
from assessment.sheets.queries.suspicions import suspicions
from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.verifying import verified
from assessment.tests.factories import (
    AFTER,
    FROZEN_ON,
    OCTOBER,
    POINTS,
    TODAY,
    adjustment_in,
    adopted,
    circular_in,
    contest_in,
    decision,
    frozen_month,
    lodged,
    number_of,
    office,
    scheme_in,
    take_circular,
    take_contest,
    take_scheme,
    terms,
)
from casework.tests.conftest import at
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db


def refused_by(run) -> list[str]:
    with pytest.raises(Refused) as refused:
        run()
    return [each.rule for each in refused.value.findings] or [refused.value.code]


def test_every_indicator_has_a_source():
    assert set(SOURCES) == set(INDICATORS)


def test_a_month_keeps_the_rows_behind_its_numbers_and_nobody_changes_them():
    department = DepartmentFactory()
    month = frozen_month(department, met=3, missed=1)
    number = number_of(month)
    assert (len(number.met), len(number.missed)) == (3, 1)
    (line,) = scored(month)
    # 上报 4/4 × 10, 及时 3/4 × 15, 合规 4/4 × 10 of 35 points.
    assert line.total == Decimal("89.29")
    assert line.small, "four cases are few"
    for change in (
        lambda: Number.objects.filter(pk=number.pk).update(missed=[]),
        lambda: month.delete(),
        lambda: Sheet.objects.filter(month=month).update(version=3),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


def test_a_month_is_frozen_once_in_order_and_after_its_end():
    adopted()
    early = OCTOBER + timedelta(days=30 + 4)
    assert refused_by(lambda: freezing.freeze_month(OCTOBER, by=SYSTEM, on=early)) == ["month.early"]
    frozen_month()
    with pytest.raises(Conflict):
        freezing.freeze_month(OCTOBER, by=SYSTEM, on=FROZEN_ON)
    december = date(2026, 12, 1)
    assert "month.order" in refused_by(lambda: freezing.freeze_month(december, by=SYSTEM, on=date(2027, 1, 20)))
    with pytest.raises(Forbidden):
        freezing.freeze_month(OCTOBER, by=ReviewerFactory(), on=FROZEN_ON)


def test_the_clock_freezes_what_is_over_and_nothing_twice():
    adopted()
    assert [row.first for row in freezing.freeze_due(date(2026, 12, 6))] == [OCTOBER, date(2026, 11, 1)]
    assert freezing.freeze_due(date(2026, 12, 6)) == []
    assert Month.objects.filter(frozen_by__isnull=True).count() == 2


def test_nothing_is_frozen_without_a_scheme():
    scheme_in("proposed")
    assert freezing.freeze_due(FROZEN_ON) == []
    assert refused_by(lambda: freezing.freeze_month(OCTOBER, by=SYSTEM, on=FROZEN_ON)) == ["month.scheme"]


def test_what_came_after_the_freezing_goes_into_the_next_month_marked():
    department = DepartmentFactory()
    frozen_month(department)
    late = decision(department, in_time=False, arrived_on=FROZEN_ON + timedelta(days=1))
    november = freezing.freeze_month(date(2026, 11, 1), by=SYSTEM, on=date(2026, 12, 7))
    number = number_of(november, "reporting", department)
    assert (number.missed, number.late) == ([f"disclosure:{late.pk}"], [f"disclosure:{late.pk}"])
    for month in Month.objects.all():
        assert differences(month) == []
    december = freezing.freeze_month(date(2026, 12, 1), by=SYSTEM, on=date(2027, 1, 8))
    assert not Sheet.objects.filter(month=december).exists(), "it is counted once"


def test_departments_without_anything_due_have_no_sheet():
    one, idle = DepartmentFactory(), DepartmentFactory()
    month = frozen_month(one)
    assert not month.sheets.filter(department=idle).exists()
    decided = {number.indicator for number in month.sheets.get().numbers.all() if number.due}
    assert decided == {"reporting", "timeliness", "compliance"}


@pytest.mark.parametrize("days", [0, 1])
def test_a_number_may_be_contested_through_the_last_day(days, monkeypatch):
    month = frozen_month()
    assert month.contest_until == TODAY
    on = TODAY + timedelta(days=days)
    at(on, monkeypatch)
    number = number_of(month)
    if days:
        assert refused_by(lambda: lodged(number, on=on)) == ["contest.late"]
    else:
        assert lodged(number, on=on).state == "lodged"


def test_what_was_right_makes_another_version_and_the_former_stays():
    department = DepartmentFactory()
    month = frozen_month(department)
    number = number_of(month)
    before = scored(month)[0].total
    case = take_contest(lodged(number), "correct")
    first, second = Sheet.objects.filter(month=month).order_by("version")
    assert first.numbers.get(indicator="timeliness").missed == number.missed
    assert second.numbers.get(indicator="timeliness").missed == []
    assert second.contest == case.own
    assert scored(month)[0].total == Decimal(100) > before
    assert differences(month) == [], "what the ledger tells is the first version"
    with pytest.raises(Conflict):
        lodged(number)


def test_a_contest_names_rows_that_were_missed_and_one_is_open_at_a_time():
    number = number_of(frozen_month())
    assert refused_by(lambda: lodged(number, refs=[])) == ["contest.rows"]
    assert refused_by(lambda: lodged(number, refs=number.met[:1], text=" ")) == ["contest.strange", "contest.text"]
    case = lodged(number)
    with pytest.raises(Conflict):
        lodged(number)
    assert refused_by(lambda: take_contest(case, "correct", upheld=["disclosure:0"])) == ["contest.upheld"]
    with pytest.raises(Forbidden):
        lodged(number, by=ClerkFactory())
    with pytest.raises(Forbidden):
        contesting.correct(
            case, upheld=number.missed, reason="自己答复。", by=ReviewerFactory(department=case.department)
        )


def test_points_count_once_two_have_said_so():
    department = DepartmentFactory()
    month = frozen_month(department, met=4, missed=0)
    adjustment_in("entered", month=month, department=department)
    assert scored(month)[0].total == 100
    for points in (Decimal(8), Decimal(7)):
        adjustment_in("confirmed", month=month, department=department, points=points)
    assert scored(month)[0].total == 90, "ten points at most"
    adjustment_in("confirmed", month=month, department=department, ground="innovation", points=Decimal(9))
    assert scored(month)[0].total == 95, "five at most"


def test_a_circular_waits_for_the_window_contests_and_points(monkeypatch):
    department = DepartmentFactory()
    month = frozen_month(department)
    contest = lodged(number_of(month))
    adjustment_in("entered", month=month)
    case = circular_in("drafted", month=month)
    rules = ["circular.window", "circular.contests", "circular.adjustments"]
    assert refused_by(lambda: take_circular(case, "issue")) == rules
    take_contest(contest, "reject")
    at(AFTER, monkeypatch)
    assert refused_by(lambda: take_circular(case, "issue", on=AFTER)) == ["circular.adjustments"]


def test_a_circular_keeps_its_figures_and_is_corrected_by_another(monkeypatch):
    department = DepartmentFactory()
    month = frozen_month(department)
    case = circular_in("drafted", month=month)
    with pytest.raises(Conflict):
        circulars.write(month, title="又一份", text="正文。", by=office(), on=TODAY)
    at(AFTER, monkeypatch)
    row = take_circular(case, "issue", on=AFTER).own
    assert row.figures == as_told(month)
    verdict = verified(signed_file(row))
    assert verdict.genuine
    assert case.number in dict(verdict.pairs).values()
    assert verified(signed_file(row) + b"x") is None
    assert verified(b"{}") is None
    with pytest.raises(Conflict):
        adjustment_in("entered", month=month)
    correction = circulars.write(month, title="更正", text="正文。", corrects=row, by=office(), on=AFTER)
    adjustment_in("confirmed", month=month, department=department)
    take_circular(correction, "issue", on=AFTER)
    first, second = CircularCase.objects.order_by("pk")
    assert first.figures[0]["score"] != second.figures[0]["score"]
    assert second.corrects == first


def test_a_scheme_is_a_hundred_points_and_never_holds_backwards():
    bad = POINTS | {"timeliness": Decimal(14)}
    assert refused_by(lambda: schemes.draw_up(terms(), bad, by=office())) == ["scheme.total"]
    odd = terms(valid_from=date(2026, 10, 2))
    assert refused_by(lambda: schemes.draw_up(odd, POINTS, by=office())) == ["scheme.first"]
    waiting = scheme_in("proposed")
    frozen_month()
    assert refused_by(lambda: take_scheme(waiting, "adopt")) == ["scheme.retroactive"]
    assert SchemeCase.objects.in_force(OCTOBER - timedelta(days=1)) is None
    assert SchemeCase.objects.in_force(TODAY) == adopted()


def test_gaming_is_shown_by_department_and_takes_no_point():
    department = DepartmentFactory()
    month = frozen_month(department)
    total = scored(month)[0].total
    assert suspicions(OCTOBER) == []
    odd = decision(department, arrived_on=date(2026, 10, 8))
    ((whose, (sign,)),) = suspicions(OCTOBER)
    assert (whose, sign.refs) == (department, (f"disclosure:{odd.pk}",))
    assert scored(month)[0].total == total


@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_once_one_is_told():
    adopted()
    gate, ends = Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            ends.append(freezing.freeze_month(OCTOBER, by=SYSTEM, on=FROZEN_ON))
        except Conflict as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(end, Conflict) for end in ends) == [False, True]
    assert Month.objects.count() == 1


def test_contests_in_all_states_follow_their_case():
    for state, is_open in (("lodged", True), ("rejected", False), ("withdrawn", False)):
        assert contest_in(state).own.is_open is is_open
