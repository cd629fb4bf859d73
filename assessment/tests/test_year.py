"""A year of assessments on the demonstration city: what was kept is what the ledger tells."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from assessment.models import CircularCase, Month, Number, Sheet
from assessment.plan.models import Contact, TaskAssignment
from assessment.plan.queries import progress, without_contact
from assessment.sheets.actions.circulars import ROLE
from assessment.sheets.queries.figures import differences
from assessment.sheets.queries.rows import rows_of
from assessment.sheets.queries.scores import as_told, scored
from assessment.sheets.rules.indicators import INDICATORS
from casework.tests.conftest import at
from credit_platform.demo.tests.standing import TODAY, standing
from disclosure.models import Disclosure


@pytest.fixture(scope="module")
def standing_city(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    with standing(django_db_blocker, tmp_path_factory, worker_id):
        yield


@pytest.fixture
def city(standing_city, db, monkeypatch):
    at(TODAY, monkeypatch)


@pytest.mark.django_db
def test_the_ledger_tells_every_month_as_it_was_kept(city):
    months = list(Month.objects.order_by("first"))
    assert len(months) >= 11
    for month in months:
        assert differences(month) == [], month.label
    counted = {code for code, met, missed in Number.objects.values_list("indicator", "met", "missed") if met or missed}
    assert {"reporting", "timeliness", "compliance", "letters", "reviews", "joint", "tasks"} <= counted
    assert set(INDICATORS) == set(Number.objects.values_list("indicator", flat=True))


@pytest.mark.django_db
def test_a_ledger_that_was_changed_is_told_by_its_row(city):
    month = Month.objects.order_by("first")[5]
    number = Number.objects.filter(sheet__month=month, indicator="timeliness", met__len__gt=0).first()
    ref = number.met[0]
    Disclosure.objects.filter(pk=int(ref.split(":")[1])).update(published_on=F("due_on") + timedelta(days=1))
    told = [row for row in differences(month) if row.indicator == "timeliness"]
    assert [(row.ref, row.kept, row.now) for row in told] == [(ref, "完成", "未完成")]
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_months", stdout=out)
    assert out.getvalue().count("一致") == Month.objects.count() - 1
    assert f"{ref}：冻结时完成，现在未完成" in out.getvalue()


@pytest.mark.django_db
def test_a_circular_keeps_the_figures_of_its_day(city):
    row = CircularCase.objects.issued().get()
    assert row.figures == as_told(row.month)
    assert Sheet.objects.filter(month=row.month, version=2).exists()
    assert row.case.attachments.filter(role=ROLE).exists()


@pytest.mark.django_db
def test_every_row_behind_a_number_has_words(city):
    for code in INDICATORS:
        numbers = Number.objects.filter(indicator=code)
        refs = [ref for number in numbers for ref in [*number.met[:3], *number.missed[:3]]]
        assert all(row.text and "None" not in row.text for row in rows_of(refs)), code


@pytest.mark.django_db
def test_places_and_the_plan_can_be_read(city):
    lines = scored(Month.objects.latest("first"))
    ranked = [line for line in lines if line.rank is not None]
    assert ranked
    assert [line.rank for line in ranked] == sorted(line.rank for line in ranked)
    assert len(progress(TODAY)) == 42
    assert [department.code for department, _ in without_contact(TODAY)] == ["swj"]
    assert Contact.objects.in_force(TODAY).count() < 2 * TaskAssignment.objects.values("department").distinct().count()
