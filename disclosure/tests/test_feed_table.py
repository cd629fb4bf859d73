"""The table of the change feed: a number is given once, everything else stands as it was written."""

import pytest
from django.db import IntegrityError, connection, transaction

from disclosure.models import DisclosureChange
from disclosure.tests import factories

pytestmark = pytest.mark.django_db

TABLE = "disclosure_disclosurechange"


@pytest.fixture
def events():
    row = factories.PublishedFactory()
    DisclosureChange.objects.bulk_create(
        [DisclosureChange(disclosure=row, event=event) for event in ("appeared", "changed", "ended")]
    )
    return list(DisclosureChange.objects.filter(disclosure=row).order_by("pk"))


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_sequencer_gives_each_event_its_number(events):
    assert DisclosureChange.objects.number_pending() == len(events)
    assert not DisclosureChange.objects.pending().exists()


@pytest.mark.parametrize(
    "sql",
    [
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET number = number + 1000",
        f"UPDATE {TABLE} SET number = NULL",
        f"UPDATE {TABLE} SET event = 'changed' WHERE event = 'ended'",
        f"UPDATE {TABLE} SET at = at - interval '1 day'",
        f"UPDATE {TABLE} SET id = id + 1000000",
    ],
)
def test_what_was_numbered_is_neither_altered_nor_deleted(events, sql):
    DisclosureChange.objects.number_pending()
    before = list(DisclosureChange.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql)
    assert list(DisclosureChange.objects.order_by("pk").values()) == before


def test_what_waits_for_its_number_is_not_altered_either(events):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"UPDATE {TABLE} SET number = 7, event = 'changed' WHERE id = %s", events[2].pk)
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"DELETE FROM {TABLE} WHERE id = %s", events[0].pk)
    run(f"UPDATE {TABLE} SET number = 7 WHERE id = %s", events[0].pk)
