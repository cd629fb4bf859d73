"""One record or two: a second file that differs from the first in one part of the natural key, and a second entry by hand. Authority, number,
subject and day make a record; the same number on another day is another decision, and everything else is a change of the same one."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.tests.factories import DepartmentFactory
from records.actions.rows import same_record
from records.models import CreditRecord
from records.tests import factories
from records.tests.imports.samples import as_csv, bring, counts, penalty

pytestmark = pytest.mark.django_db

FIRST = {"CF_JDRQ": "2026-11-02", "CF_WSH": "示市监罚〔2026〕7号"}


def sent_after(changes, bureau, clerk):
    """Whether a second file made a second record; the first one stands already."""
    bring(as_csv([penalty(7, bureau, **FIRST)]), "一.csv", bureau, clerk)
    assert CreditRecord.objects.count() == 1
    batch = bring(as_csv([penalty(7, bureau, **(FIRST | changes))]), "二.csv", bureau, clerk)
    assert counts(batch)[2] == 0, batch.refusal
    return CreditRecord.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"CF_JDRQ": "2026-11-01"},
        {"CF_JDRQ": "2026-11-03"},
        {"CF_JDRQ": "2025-11-02", "CF_YXQ": "2026-11-02"},
        {"CF_WSH": "示市监罚〔2026〕8号"},
        {"CF_WSH": "示市监罚〔2025〕7号"},
        {"CF_XDR_SHXYM": factories.valid_code(30000099), "CF_XDR_MC": "哈尔滨示例另一商贸有限公司"},
    ],
)
def test_another_day_number_or_subject_is_another_decision(changes, penalties, market_bureau, alice_clerk):
    assert sent_after(changes, market_bureau, alice_clerk)


def test_another_authority_is_another_decision(penalties, market_bureau, housing_bureau, alice_clerk):
    authority = {"CF_CFJG": housing_bureau.name, "CF_CFJGDM": housing_bureau.uscc}
    assert sent_after(authority, market_bureau, alice_clerk)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"CF_WSH": "示市监罚[2026]7号"},
        {"CF_WSH": "示市监罚（2026）7号"},
        {"CF_SY": "另一种写法的事实。"},
        {"CF_YXQ": "2027-11-03"},
        {"CF_JDRQ": "2026年11月2日"},
    ],
)
def test_anything_else_is_the_same_decision(changes, penalties, market_bureau, alice_clerk):
    assert not sent_after(changes, market_bureau, alice_clerk)


def test_in_one_file_too_the_day_tells_two_decisions_apart(penalties, market_bureau, alice_clerk):
    rows = [penalty(7, market_bureau, **FIRST), penalty(7, market_bureau, **(FIRST | {"CF_JDRQ": "2026-11-03"}))]
    batch = bring(as_csv(rows), "一.csv", market_bureau, alice_clerk)
    assert (counts(batch), CreditRecord.objects.count()) == ((2, 2, 0, 0), 2)


OTHER = {
    "subject": lambda: factories.SubjectFactory(),
    "item": lambda: factories.CatalogueItemFactory(code="ANOTHER", name="另一事项"),
    "authority": lambda: DepartmentFactory(),
    "document_key": lambda: "另一文号",
    "decided_on": lambda: date(2026, 1, 5),
}


def again(row):
    """The same row a second time."""
    row.pk = None
    row.save(force_insert=True)


@pytest.mark.parametrize("part", OTHER)
def test_each_part_alone_makes_another_record_in_the_query_and_in_the_constraint(part, penalties):
    row = factories.CreditRecordFactory()
    columns = {"kind": row.kind, "document_key": row.document_key, "decided_on": row.decided_on}
    mine = same_record(columns, row.subject_id, row.item_id, row.authority_id)
    assert list(CreditRecord.objects.filter(mine)) == [row]
    CreditRecord.objects.filter(pk=row.pk).update(**{part: OTHER[part]()})
    assert not CreditRecord.objects.filter(mine).exists()
    again(row)
    assert CreditRecord.objects.count() == 2, "two records that differ in this part alone"
    with pytest.raises(IntegrityError, match="record_natural_key"), transaction.atomic():
        again(row)


@pytest.mark.parametrize("made", [factories.RevokedRecordFactory, factories.UndoneRecordFactory])
def test_the_key_stays_taken_whatever_became_of_the_record(made, penalties):
    row = made()
    with pytest.raises(IntegrityError, match="record_natural_key"), transaction.atomic():
        again(row)
