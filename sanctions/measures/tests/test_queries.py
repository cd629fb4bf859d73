"""What follows an entry, by the edition of the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from credit_platform.accounts.tests.factories import DepartmentFactory
from sanctions.lists.tests.factories import RedListFactory, SeriousListFactory
from sanctions.measures import queries, rules
from sanctions.measures.rules import Verdict
from sanctions.measures.tests.factories import (
    AutonomousEntryFactory,
    BanEntryFactory,
    DraftListFactory,
    FieldFactory,
    IssuedListFactory,
    RewardEntryFactory,
    WeighedEntryFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


@pytest.fixture
def serious():
    return SeriousListFactory(code="CS-01")


def codes(found):
    return [each.measure.code for each in found]


def test_measures_of_a_list_are_named_by_its_code_or_its_nature_the_strictest_first(serious):
    weighed = WeighedEntryFactory()
    ban = BanEntryFactory(lists=["CS-01"])
    other = BanEntryFactory(lists=["CS-02"])
    found = queries.measures_for("CS-01", "procurement", "legal", ON)
    assert found == [ban, weighed]
    assert rules.verdict(each.facts for each in found) is Verdict.FORBID
    assert other not in found


def test_a_matter_of_the_power_list_falls_under_its_field(serious):
    FieldFactory(matters=["230100-CZ-001"])
    weighed, everywhere = WeighedEntryFactory(), WeighedEntryFactory(matters=["*"])
    assert queries.measures_for("CS-01", "230100-CZ-001", "legal", ON) == [weighed, everywhere]
    assert queries.measures_for("CS-01", "230100-CZ-002", "legal", ON) == [everywhere]


def test_persons_get_what_is_for_persons(serious):
    both = WeighedEntryFactory()
    BanEntryFactory()
    assert queries.measures_for("CS-01", "procurement", "person", ON) == [both]


def test_what_banks_do_on_their_own_is_told_and_no_duty(serious):
    bank = AutonomousEntryFactory(departments=[DepartmentFactory()])
    found = queries.measures_for("CS-01", "finance", "legal", ON)
    assert found == [bank]
    assert not bank.facts.is_duty
    assert rules.verdict(each.facts for each in found) is Verdict.NONE
    assert queries.duties_for("CS-01", ON) == []


def test_duties_have_a_department_to_do_them(serious):
    WeighedEntryFactory(departments=[])
    WeighedEntryFactory(force="inform", departments=[DepartmentFactory()])
    mine = WeighedEntryFactory(departments=[DepartmentFactory(), DepartmentFactory()])
    assert queries.duties_for("CS-01", ON) == [mine]


def test_incentives_hang_on_red_lists(serious):
    RedListFactory(code="HB-01")
    reward, punished = RewardEntryFactory(), WeighedEntryFactory()
    assert queries.measures_for("HB-01", "procurement", "legal", ON) == [reward]
    assert queries.measures_for("CS-01", "procurement", "legal", ON) == [punished]


def test_the_edition_of_the_day_answers(serious):
    former = IssuedListFactory(valid_until=ON)
    later = IssuedListFactory(code="cs-2026", valid_from=ON + timedelta(days=1))
    old, new = WeighedEntryFactory(edition=former), WeighedEntryFactory(edition=later)
    WeighedEntryFactory(edition=DraftListFactory(valid_from=date(2020, 1, 1)))
    assert queries.measures_for("CS-01", "procurement", "legal", ON) == [old]
    assert queries.measures_for("CS-01", "procurement", "legal", ON + timedelta(days=1)) == [new]


def test_an_entry_with_days_of_its_own_holds_between_them(serious):
    row = WeighedEntryFactory(valid_from=ON, valid_until=ON + timedelta(days=1))
    found = [bool(queries.measures_for("CS-01", "procurement", "legal", ON + timedelta(days=n))) for n in (-1, 0, 1, 2)]
    assert found == [False, True, True, False]
    assert row.facts.is_duty


def test_a_list_that_is_not_has_no_measures():
    WeighedEntryFactory()
    assert queries.measures_for("XX-99", "procurement", "legal", ON) == []


def test_documents_bring_measures_about_without_a_list():
    row = BanEntryFactory(lists=[], documents=["penalty"])
    assert queries.measures_by_document("penalty", "procurement", "legal", ON) == [row]
    assert queries.measures_by_document("judgment", "procurement", "legal", ON) == []


def test_the_database_holds_that_banks_have_no_duty():
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        AutonomousEntryFactory(force="must")
