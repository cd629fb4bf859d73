"""The demonstration's inspections go through the real draw: a plan, a task that was drawn, one that waits, one begun."""

from __future__ import annotations

from datetime import date

import pytest

from casework.queries.draws import holds
from credit_platform.demo.accounts import load_accounts, load_departments
from credit_platform.demo.inspections import BUREAU, Inspections
from records.tests.factories import SoleTraderFactory, SubjectFactory
from supervision.grading import base_data as grading
from supervision.inspections import base_data as inspections
from supervision.inspections.models import Assignment, InspectionPlan, InspectionTask

TODAY = date(2026, 11, 30)


@pytest.mark.django_db
def test_the_bureau_has_a_plan_and_tasks_in_three_states():
    load_accounts(load_departments())
    grading.load()
    inspections.load()
    SubjectFactory.create_batch(60, operating_status="存续")
    SoleTraderFactory.create_batch(30, operating_status="存续")
    assert Inspections.of(TODAY).build() == 3
    tasks = {row.state: row for row in InspectionTask.objects.filter(department__code=BUREAU)}
    assert set(tasks) == {"drawn", "committed", "draft"}
    drawn = tasks["drawn"]
    assert holds(drawn.draw)
    assert drawn.objects_drawn.count() == drawn.size > 0
    assert Assignment.objects.count() == 2 * drawn.size
    assert InspectionPlan.objects.get().state == "published"
