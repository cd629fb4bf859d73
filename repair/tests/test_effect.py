"""What a repair does everywhere: nothing of the record is found, the same decision sent again stays hidden, a death inside leaves nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from casework.models import Case, Notice
from checks.models import SubjectState
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict
from disclosure import actions
from disclosure.models import Disclosure
from disclosure.queries.public import public_disclosures
from records.actions import edit, enter
from records.models import CreditRecord
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring, penalty
from repair.actions import handling
from repair.models import RepairCase
from repair.tests.factories import applied, brought_to, case_in, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
FIRST = date(2027, 2, 3)
"""The day after three months from the decision (2 November 2026): the class is 一般."""


@pytest.fixture
def authority() -> Department:
    ledger.PenaltyEntryFactory()
    return DepartmentFactory()


def row(authority: Department, **more) -> dict:
    return penalty(1, authority, HRB_YZCD="一般", **more)


@pytest.fixture
def repaired(authority, clock) -> Case:
    """A fine that was published by its two people, and repaired on the first day."""
    clerk = ClerkFactory(department=authority)
    bring(as_csv([row(authority)]), "a.csv", authority, clerk)
    item = Disclosure.objects.get()
    actions.submit(item, by=clerk)
    item = actions.approve_and_publish(item, by=ReviewerFactory(department=authority), confirm_doubts=True)
    assert item.earliest_repair_on == FIRST
    clock(FIRST)
    return brought_to("granted", applied(item))


def by_file(authority, record):
    bring(as_csv([row(authority, CF_SY="改写的事实。")]), "b.csv", authority, ClerkFactory(department=authority))


def by_push(authority, record):
    bring(as_csv([row(authority)]), "c.csv", authority, ClerkFactory(department=authority), channel="api")


def by_form(authority, record):
    with pytest.raises(Conflict):
        enter("penalty-2018", row(authority), by=ClerkFactory(department=authority), department=authority)


def by_correction(authority, record):
    changed = row(authority, CF_NR="罚款人民币2000元，已更正。")
    edit(record, changed, by=ClerkFactory(department=authority), version=str(record.version))


@pytest.mark.parametrize("way", [by_file, by_push, by_form, by_correction])
def test_the_same_decision_that_comes_again_stays_hidden(repaired, authority, way):
    way(authority, CreditRecord.objects.get())
    item = Disclosure.objects.get()
    assert (item.state, item.needs_correction) == ("repaired", False)
    assert not public_disclosures(FIRST).exists()
    assert CreditRecord.objects.get().status == "active", "it stays inside"


def test_nothing_of_it_is_found_on_any_face(repaired, client):
    cache.clear()
    item = Disclosure.objects.get()
    code = item.subject_code
    addresses = [
        f"/search/?q={item.subject_name}", f"/subjects/{code}/", "/disclosure/penalties/", "/disclosure/penalties/?export=csv",
        "/disclosure/rss/penalty.xml", "/api/v1/disclosures/", f"/api/v1/subjects/{code}/", "/sitemap-disclosures-0.xml",
        "/api/v1/changes/", "/repair/ledger/",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert item.document_number not in content.decode(), address
        assert "超过保质期" not in content.decode(), address
    for name in (
        f"/disclosure/{item.public_id}/",
        f"/api/v1/disclosures/{item.public_id}/",
        f"/repair/{item.public_id}/",
    ):
        assert client.get(name).status_code in (404, 410), name
    assert client.get(reverse("repair:notice", args=[item.public_id])).status_code == 404


def test_checks_know_nothing_of_it(repaired):
    state = SubjectState.objects.filter(subject=repaired.subject).first()
    assert state is None or repaired.own.disclosure.document_number not in str(state.__dict__)


@pytest.mark.parametrize("breaks", ["pass_on", "tell"])
def test_a_death_inside_the_effect_leaves_nothing_half_done(authority, clock, monkeypatch, breaks):
    clerk = ClerkFactory(department=authority)
    bring(as_csv([row(authority)]), "a.csv", authority, clerk)
    item = Disclosure.objects.get()
    actions.submit(item, by=clerk)
    item = actions.approve_and_publish(item, by=ReviewerFactory(department=authority), confirm_doubts=True)
    clock(FIRST)
    case = brought_to("reviewed", applied(item))
    trail = AuditEntry.objects.count()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(handling, breaks, die)
        with pytest.raises(KeyboardInterrupt):
            take(case, "grant")
    assert (Disclosure.objects.get().state, Case.objects.get(pk=case.pk).state) == ("published", "reviewed")
    assert AuditEntry.objects.count() == trail
    assert take(case, "grant").state == "granted"


def test_an_application_ends_with_its_item_and_who_asked_is_told(clock):
    case = case_in("verified")
    item = Disclosure.objects.get(pk=case.own.disclosure_id)
    after = item.ends_on + timedelta(days=1)
    for day, state in ((item.ends_on - timedelta(days=1), "verified"), (item.ends_on, "verified"), (after, "ended")):
        clock(day)
        actions.end_due(day)
        case.refresh_from_db()
        assert case.state == state, day
    assert case.closed_on == after
    assert "公示期已经届满" in Notice.objects.filter(case=case, kind="ended").get().text
    assert not RepairCase.objects.get(pk=case.pk).is_open


def test_an_item_that_is_withdrawn_takes_a_screen_with_it_and_leaves_a_granted_repair():
    screened, granted = case_in("shielded"), case_in("granted")
    for case in (screened, granted):
        item = Disclosure.objects.get(pk=case.own.disclosure_id)
        actions.withdraw(
            item,
            by=ReviewerFactory(department=item.source_department),
            reason="决定被撤销。",
            public_note="该决定已被撤销。",
        )
        case.refresh_from_db()
    assert (screened.state, granted.state) == ("ended", "granted")
    assert "撤回公示" in screened.closed_why


def test_a_repair_that_is_granted_is_not_ended_by_its_own_effect():
    case = case_in("granted")
    assert case.closed_why == "准予信用修复"
    assert not Notice.objects.filter(case=case, kind="ended").exists()
