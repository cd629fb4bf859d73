"""The lists of the demonstration city come about by true actions, and show every state."""

from __future__ import annotations

from datetime import date

import pytest

from casework.models import Case
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from credit_platform.demo.accounts import load_accounts, load_departments
from credit_platform.demo.listings import COURSES, Listings
from patrols.outsider import outsider
from records import base_data as ledger
from records.tests.factories import SubjectFactory
from sanctions import base_data as sanctions
from sanctions.bans.models import Ban
from sanctions.designations.rules import DESIGNATION
from sanctions.lists.models import ListEntry
from sanctions.lists.reading import read
from sanctions.lists.rules import Way

TODAY = date(2026, 11, 23)


@pytest.fixture
def listings(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_accounts(load_departments())
    with acting(SYSTEM):
        ledger.load()
    sanctions.load()
    for _ in COURSES:
        SubjectFactory()
    return Listings(TODAY)


def test_every_state_is_there_and_nothing_public_is_past_its_term(listings):
    assert listings.build() == len(COURSES) + 1
    states = set(Case.objects.of(DESIGNATION).values_list("state", flat=True))
    assert states == set(DESIGNATION.labels)
    ways = set(ListEntry.objects.exclude(ended_way="").values_list("ended_way", flat=True))
    assert {Way.EARLY, Way.WRONG} <= ways
    person = ListEntry.objects.get(subject__kind="person")
    assert person.named_with is not None
    assert {entry.credit_list.nature for entry in ListEntry.objects.listed(TODAY).select_related("credit_list")} == {
        "serious", "abnormal", "red", "watch",
    }  # fmt: skip
    assert Ban.objects.in_force(TODAY).count() == 1
    assert not list(read(outsider(), TODAY))
