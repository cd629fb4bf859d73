"""The list as an installation begins with it, and what is asked of a line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credit_platform.accounts.tests.factories import DepartmentFactory, SystemAdminFactory
from credit_platform.editions.workbook.plan import plan
from credit_platform.editions.workbook.read import checked, content_of
from credit_platform.editions.workbook.write import workbook
from credit_platform.errors import Refused
from supervision.grading import base_data as grading
from supervision.inspections import base_data
from supervision.inspections.items.actions import LISTS
from supervision.inspections.items.models import ItemList
from supervision.inspections.items.rules.lines import ItemFacts, against
from supervision.inspections.items.workbook import WORKBOOK
from supervision.inspections.plans.actions import save_cap, save_share
from supervision.inspections.plans.models import FrequencyCap, ShareRow
from supervision.inspections.start_list import ITEMS

SOUND = ItemFacts("general", ["legal"], ["onsite"], "示例条例第一条", "", "", "", 1)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"basis": " "}, ["basis"]),
        ({"kinds": []}, ["kinds"]),
        ({"methods": []}, ["methods"]),
        ({"per_year": None}, ["per_year"]),
        ({"per_year": None, "weight": "key"}, []),
        ({"share_rule": "least", "share_low": "三成"}, ["share_low"]),
    ],
)
def test_what_stands_against_a_line(change, fields):
    assert [each.field for each in against(replace(SOUND, **change))] == fields


@pytest.fixture
def fields(db):
    """The fields of supervision that the items name."""
    grading.load()


def test_an_installation_begins_with_a_sound_list_and_its_rows_once(fields):
    for name in sorted({each for item in ITEMS for each in item.departments}):
        DepartmentFactory(short_name=name)
    assert len(base_data.load()) == 4
    assert base_data.load() == []
    edition = ItemList.objects.get()
    rows = list(LISTS.of(edition))
    assert [row.item.code for row in rows] == [each.code for each in ITEMS]
    assert not [finding for row in rows for finding in LISTS.unsound(row)]
    assert (ShareRow.objects.count(), FrequencyCap.objects.count()) == (4, 3)


def test_the_workbook_goes_there_and_back(fields):
    DepartmentFactory(short_name=ITEMS[0].departments[0])
    base_data.load()
    edition = ItemList.objects.get()
    rows, problems = checked(WORKBOOK, content_of(WORKBOOK, workbook(WORKBOOK, edition), "清单.xlsx"))
    assert problems == []
    assert plan(WORKBOOK, edition, rows).changes.counts == {"added": 0, "changed": 0, "removed": 0}


@pytest.mark.django_db
def test_a_share_and_a_cap_have_a_basis_and_one_meaning():
    by = SystemAdminFactory()
    with pytest.raises(Refused) as refused:
        save_share({"tier": "usual", "rule": "band", "share_low": "x", "basis": ""}, by=by)
    assert [each.field for each in refused.value.findings] == ["share_low", "share_high", "basis"]
    with pytest.raises(Refused) as refused:
        save_cap({"level": "city", "field": "food", "per_year": 2, "basis": "示例公告"}, by=by)
    assert [each.field for each in refused.value.findings] == ["department"]
