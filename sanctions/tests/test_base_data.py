"""What an installation begins with, beside its lists and measures."""

from __future__ import annotations

import pytest

from casework.models import ClockProfile
from casework.queries.clocks import days_of
from sanctions import base_data
from sanctions.joint import rules as joint
from sanctions.national import rules as national

pytestmark = pytest.mark.django_db


def test_every_stage_has_a_row_with_its_basis_that_says_what_the_rules_say():
    base_data.load()
    procedures = [
        *((joint.TASK if stage != "lifting" else joint.LIFTING, stage, days) for stage, days in joint.DAYS.items())
    ]
    procedures += [(national.EVENT, stage, days) for stage, days in national.DAYS.items()]
    for procedure, stage, days in procedures:
        assert days_of(procedure, stage, on=base_data.DAYS_SINCE, otherwise=0) == days
    assert ClockProfile.objects.filter(procedure__startswith="joint").count() == len(joint.DAYS)


def test_what_an_administrator_has_written_is_not_touched():
    row = {"procedure": joint.TASK.slug, "profile": "default", "stage": "response", "basis": "市信用办通知"}
    ClockProfile.objects.create(days=3, valid_from=base_data.DAYS_SINCE, **row)
    base_data.load()
    assert ClockProfile.objects.get(procedure=joint.TASK.slug, stage="response").days == 3
    assert base_data.load() == []
