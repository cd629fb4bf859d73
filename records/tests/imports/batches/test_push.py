"""Rows sent by another system."""

from __future__ import annotations

import pytest

from credit_platform.errors import Conflict, Forbidden, Refused
from records.imports.batches.push import push_rows
from records.models import CreditRecord, ImportBatch
from records.tests.imports.samples import penalty, person_penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def writing_client(market_client):
    market_client.scopes = ["records.write"]
    market_client.save()
    return market_client


def test_each_row_is_answered(penalties, writing_client, market_bureau):
    rows = [penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="x"), person_penalty(3, market_bureau)]
    done = push_rows("penalty-2018", rows, by=writing_client, department=market_bureau)
    assert [each.outcome for each in done.rows] == ["created", "refused", "created"]
    assert done.rows[1].findings[0]["field"] == "CF_JDRQ"
    assert CreditRecord.objects.filter(pk__in=[done.rows[0].record_id, done.rows[2].record_id]).count() == 2
    assert (done.batch.total, done.batch.accepted, done.batch.rejected) == (3, 2, 1)
    again = push_rows("penalty-2018", rows, by=writing_client, department=market_bureau)
    assert [each.outcome for each in again.rows] == ["unchanged", "refused", "unchanged"]


def test_a_key_used_again_answers_the_same_and_enters_nothing(penalties, writing_client, market_bureau):
    first = push_rows(
        "penalty-2018", [penalty(1, market_bureau)], by=writing_client, department=market_bureau, key="k1"
    )
    again = push_rows(
        "penalty-2018", [penalty(1, market_bureau)], by=writing_client, department=market_bureau, key="k1"
    )
    assert (again.repeated, again.rows, ImportBatch.objects.count()) == (True, first.rows, 1)
    with pytest.raises(Conflict):
        push_rows("penalty-2018", [penalty(2, market_bureau)], by=writing_client, department=market_bureau, key="k1")


def test_a_thousand_rows_at_most_and_only_for_ones_own_department(
    penalties, writing_client, market_bureau, housing_bureau
):
    with pytest.raises(Refused):
        push_rows("penalty-2018", [], by=writing_client, department=market_bureau)
    with pytest.raises(Refused):
        push_rows("penalty-2018", [{}] * 1001, by=writing_client, department=market_bureau)
    with pytest.raises(Forbidden):
        push_rows("penalty-2018", [penalty(1, market_bureau)], by=writing_client, department=housing_bureau)
