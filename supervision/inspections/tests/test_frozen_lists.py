"""What a frozen list does not follow, and what stands outside it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.queries.draws import holds
from records import base_data as catalogue
from records.models import Subject
from records.tests.factories import valid_code
from supervision.grading import base_data
from supervision.grading.queries import tiers_of
from supervision.grading.rules import Tier
from supervision.grading.tests.factories import internal
from supervision.inspections.plans import actions
from supervision.inspections.plans.queries.freezing import visits_of
from supervision.inspections.tests.factories import (
    NAMED,
    NOW,
    TODAY,
    FrequencyCapFactory,
    ItemEntryFactory,
    ShareRowFactory,
    bureau,
)
from supervision.inspections.visits.actions import open_outside


@pytest.fixture
def at(db, monkeypatch):
    """A bureau on the day of the tests, with the schemes of grades that an installation begins with."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    catalogue.load()
    base_data.load()
    ShareRowFactory(tier="usual")
    ShareRowFactory(tier="relaxed", share_low="1%")
    return bureau()


def test_neither_a_new_grade_nor_a_corrected_code_changes_a_list_that_is_frozen(at, client):
    """Traps 104 and 110: the list keeps the tier and the code of its day, and says so."""
    task, firm = at.frozen(), at.subjects[0]
    before = list(task.strata.order_by("code").values_list("code", "members", "size"))
    internal(firm, "D")
    Subject.objects.filter(pk=firm.pk).update(code=valid_code(88000001))
    assert tiers_of([firm.pk], "market", TODAY)[firm.pk] is not Tier.USUAL
    task = at.confirmed(at.entered(actions.commit(task, named=NAMED, by=at.second, now=NOW)))
    assert list(task.strata.order_by("code").values_list("code", "members", "size")) == before
    assert holds(task.draw)
    client.force_login(at.clerk)
    page = client.get(reverse("inspections:task", args=[task.pk])).content.decode()
    assert "等级是冻结当日的，此后的变化不影响本次抽取" in page


def test_the_best_class_is_drawn_from_too_and_a_complaint_is_looked_into_beyond_the_cap(at):
    """Trap 106."""
    for firm in at.subjects:
        internal(firm, "A")
    FrequencyCapFactory(department=at.department, per_year=1)
    task = at.drawn()
    (stratum,) = task.strata.all()
    assert (stratum.code, stratum.count, task.size) == ("relaxed", 10, 1)
    firm = task.objects_drawn.get().subject
    later = at.frozen(items=[ItemEntryFactory(departments=[at.department]).item])
    assert later.exclusions.get().codes() == [firm.code]
    case = open_outside(
        firm, department=at.department, exempt="complaint", ground="群众来电反映。", items=[at.entry.item], by=at.clerk
    )
    assert case.own.exempt == "complaint"
    assert visits_of(firm, 2026)[""] == 1
