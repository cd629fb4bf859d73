"""Repairs of list entries looked at again: a wrong one puts its subject back on the list, a missed one takes it off, each to the entry's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from credit_platform.accounts.tests.factories import DepartmentFactory
from reinspections.models import ReinspectionCase
from reinspections.rules import Result
from reinspections.tests.factories import TODAY, found, looked_again, take
from repair.tests import factories as repairs
from repair.tests.conftest import listed
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import SeriousListFactory, enter, face, said

__all__ = ["listed"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]


def of_an_entry(state: str) -> tuple[ListEntry, Case]:
    """An entry of a list and its repair, brought to a state."""
    entry = enter(SeriousListFactory(exit_months=1), given=said(entered_on=date(2026, 10, 1)))
    return entry, repairs.brought_to(state, repairs.applied(face(entry)))


def faulty(repair: Case, result: Result, *no: str, **more) -> ReinspectionCase:
    more = {"responsible": DepartmentFactory(), "fault": "核实环节没有核对移出决定。"} | more
    case = take(take(looked_again(repair), "inspect", **found(result, *no, **more)), "confirm")
    return ReinspectionCase.objects.get(pk=case.pk)


def test_a_wrong_repair_puts_its_subject_back_on_the_list_by_two_people():
    entry, repair = of_an_entry("granted")
    last = entry.ends_on
    own = faulty(repair, Result.WRONG, "performed")
    entry.refresh_from_db()
    assert (entry.ended_on, entry.ends_on, entry.stands_on(TODAY)) == (None, last, True)
    assert face(entry).state == "published"
    assert own.correction == "已恢复公示至原截止日。"


def test_an_entry_whose_term_is_over_meanwhile_stays_off():
    entry, repair = of_an_entry("granted")
    ListEntry.objects.filter(pk=entry.pk).update(ends_on=TODAY - timedelta(days=1))
    own = faulty(repair, Result.WRONG, "performed")
    entry.refresh_from_db()
    assert entry.ended_on == TODAY
    assert own.correction == "原公示期已经届满，不再恢复公示。"


def test_a_missed_repair_takes_its_subject_off_the_list():
    entry, repair = of_an_entry("rejected")
    assert entry.stands_on(TODAY)
    own = faulty(repair, Result.MISSED, "reasons", performed_on=repairs.PERFORMED)
    entry.refresh_from_db()
    assert (entry.ended_way, entry.ended_on) == ("repair", TODAY)
    assert entry.end_asked_by != entry.end_confirmed_by
    assert face(entry).state == "repaired"
    assert own.correction == "已停止公示。"
