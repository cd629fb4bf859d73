"""Editions and their entries hold from their first day through their last, and only when they are issued."""

from __future__ import annotations

from datetime import date

import pytest

from credit_platform.accounts.models import Department, DepartmentSuccession
from credit_platform.accounts.queries import successor_of, successors
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.editions.rules import EditionState
from records.models import CatalogueEntry, CatalogueVersion
from records.tests import factories
from tests.days import around

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 4, 1), date(2026, 11, 30)


@pytest.fixture
def entry():
    version = factories.CatalogueVersionFactory(valid_from=FIRST, valid_until=LAST)
    return factories.CatalogueEntryFactory(version=version)


@pytest.mark.parametrize("model", [CatalogueVersion, CatalogueEntry])
def test_in_force_from_the_first_day_through_the_last(entry, model):
    mine = model.objects.filter(pk=(entry if model is CatalogueEntry else entry.version).pk)
    assert around(FIRST, lambda day: mine.in_force(day).exists()) == (False, True, True)
    assert around(LAST, lambda day: mine.in_force(day).exists()) == (True, True, False)
    for state in set(EditionState) - {EditionState.ISSUED}:
        CatalogueVersion.objects.filter(pk=entry.version_id).update(state=state)
        assert not mine.in_force(FIRST).exists()


def test_an_entry_has_days_of_its_own_within_its_edition(entry):
    mine = CatalogueEntry.objects.filter(pk=entry.pk)
    begins, ends = date(2026, 6, 1), date(2026, 6, 30)
    mine.update(valid_from=begins, valid_until=ends)
    assert around(begins, lambda day: mine.in_force(day).exists()) == (False, True, True)
    assert around(ends, lambda day: mine.in_force(day).exists()) == (True, True, False)


def test_a_department_exists_from_its_first_day_through_its_last():
    row = DepartmentFactory(valid_from=FIRST, valid_until=LAST)
    mine = Department.objects.filter(pk=row.pk)
    assert around(FIRST, lambda day: mine.in_force(day).exists()) == (False, True, True)
    assert around(LAST, lambda day: mine.in_force(day).exists()) == (True, True, False)
    mine.update(valid_from=None, valid_until=None)
    assert around(FIRST, lambda day: mine.in_force(day).exists()) == (True, True, True)


def test_the_successor_answers_from_the_day_of_the_succession_on():
    old, new = DepartmentFactory(), DepartmentFactory()
    DepartmentSuccession.objects.create(predecessor=old, successor=new, on=FIRST, note="机构改革方案")
    assert around(FIRST, lambda day: successor_of(old, day)) == (old, new, new)
    assert around(FIRST, lambda day: successors(day).get(old.pk)) == (None, new.pk, new.pk)
