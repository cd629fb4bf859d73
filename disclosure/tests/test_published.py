"""After publication: dates decide what is visible; correction, withdrawal, end, repair."""

from datetime import date

import pytest

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange
from disclosure.queries.public import by_public_id, live_figures, public_disclosures
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import (
    TODAY,
    EndedFactory,
    PublishedFactory,
    RepairedFactory,
    SubmittedFactory,
    SuspendedFactory,
)

pytestmark = pytest.mark.django_db


def reviewer_of(row):
    return ReviewerFactory(department=row.source_department)


def test_the_last_day_is_shown_and_the_next_is_not_whatever_the_sweep_does():
    """Trap 38."""
    row = PublishedFactory(ends_on=date(2026, 11, 23))
    assert row in public_disclosures(date(2026, 11, 23))
    assert row not in public_disclosures(date(2026, 11, 24))
    assert row not in public_disclosures(date(2026, 11, 9))
    assert by_public_id(row.public_id, date(2026, 11, 24)) is None


def test_what_waits_for_performance_stays_visible():
    row = PublishedFactory(ends_on=date(2026, 11, 1), waits_for_performance=True)
    assert row in public_disclosures(TODAY)
    assert actions.end_due(TODAY) == 0
    with pytest.raises(Refused):
        actions.end(row, by=SYSTEM, on=TODAY)


def test_performance_lets_the_period_end():
    row = PublishedFactory(published_on=date(2023, 5, 2), ends_on=date(2026, 5, 2), waits_for_performance=True)
    record = row.record
    record.decided_on = date(2023, 5, 1)
    record.save()
    Disclosure.objects.filter(pk=row.pk).update(decided_on=record.decided_on)
    clerk = ClerkFactory(department=row.source_department)
    actions.state_performance(row, by=clerk, performed_on=date(2023, 6, 1), proof="缴款凭证", on=TODAY)
    row.refresh_from_db()
    assert not row.waits_for_performance
    assert row not in public_disclosures(TODAY)


def test_only_open_states_are_public():
    rows = [
        factory() for factory in (PublishedFactory, SuspendedFactory, EndedFactory, RepairedFactory, SubmittedFactory)
    ]
    assert list(public_disclosures(TODAY)) == rows[:1]
    assert live_figures(TODAY)["total"] == 1


def test_the_end_sweep_ends_once_and_single_alike():
    rows = [PublishedFactory(ends_on=date(2026, 11, 22)) for _ in range(3)]
    suspended = SuspendedFactory(ends_on=date(2026, 11, 22))
    actions.end(rows[0], by=SYSTEM, on=TODAY)
    assert actions.end_due(TODAY) == 3
    assert actions.end_due(TODAY) == 0
    states = Disclosure.objects.values_list("state", "ended_why", "version").distinct()
    assert list(states) == [("ended", "公示期届满", 2)]
    assert DisclosureChange.objects.filter(event="ended").count() == 3
    assert not suspended.changes.exists()


def test_a_running_period_is_not_ended():
    with pytest.raises(Refused):
        actions.end(PublishedFactory(ends_on=TODAY), by=SYSTEM, on=TODAY)


def test_a_correction_starts_no_clock_anew():
    """Trap 48."""
    row = PublishedFactory(needs_correction=True, published_on=date(2026, 11, 10), due_on=date(2026, 11, 11))
    row.record.content |= {"CF_NR": "责令停产停业六个月。"}
    row.record.version = 2
    row.record.save()
    actions.correct(row, by=reviewer_of(row), reason="处罚内容笔误", on=TODAY)
    after = Disclosure.objects.get(pk=row.pk)
    assert after.shown["CF_NR"] == "责令停产停业六个月。"
    assert (after.published_on, after.due_on, after.arrived_on) == (row.published_on, row.due_on, row.arrived_on)
    assert after.ends_on == date(2029, 11, 2), "three years from the decision"
    assert (after.needs_correction, after.corrected_on, after.shown_record_version) == (False, TODAY, 2)
    assert DisclosureChange.objects.get().event == "changed"


def test_who_changed_the_record_does_not_confirm_it():
    both = ReviewerFactory(roles=["clerk", "reviewer"])
    row = PublishedFactory(record=factories.severe_penalty(authority=both.department), changed_by=both)
    with pytest.raises(Forbidden, match="本人"):
        actions.correct(row, by=both, reason="笔误", on=TODAY)


def test_a_withdrawal_needs_a_public_note_and_knows_its_deadline():
    row = PublishedFactory()
    by = reviewer_of(row)
    with pytest.raises(Refused, match="对外说明"):
        actions.withdraw(row, by=by, reason="复议撤销", public_note="")
    with pytest.raises(Refused) as refused:
        actions.withdraw(row, by=by, reason="复议撤销", public_note="请致电13804511234。")
    assert refused.value.findings[0].field == "public_note"
    actions.withdraw(row, by=by, reason="复议撤销", public_note="该决定已被撤销。", annulled_on=date(2026, 11, 20))
    row.refresh_from_db()
    assert (row.state, row.withdraw_due_on) == (State.WITHDRAWN, date(2026, 11, 25))
    assert row.public_note == "该决定已被撤销。"


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def test_an_annulment_after_a_repair_is_a_withdrawal():
    """Trap 31."""
    row = RepairedFactory()
    actions.withdraw(row, by=reviewer_of(row), reason="复议撤销", public_note="已撤销")
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert not row.changes.exists()


def test_repair_before_its_day_names_the_day():
    """Trap 34."""
    row = PublishedFactory(earliest_repair_on=date(2027, 11, 11))
    with pytest.raises(Refused, match="2027-11-11"):
        actions.repair(row, by=CreditOfficeFactory(), reason="修复决定", on=TODAY)


def test_hidden_days_are_not_given_back():
    """Trap 39."""
    row = RepairedFactory(ends_on=date(2027, 1, 1))
    actions.restore(row, by=CreditOfficeFactory(), reason="错修", on=TODAY)
    row.refresh_from_db()
    assert (row.state, row.ends_on) == (State.PUBLISHED, date(2027, 1, 1))
    with pytest.raises(Refused):
        actions.restore(RepairedFactory(ends_on=date(2026, 11, 1)), by=CreditOfficeFactory(), reason="错修", on=TODAY)


def test_a_revoked_record_is_not_resumed():
    row = SuspendedFactory()
    row.record.status, row.record.revoked_on = "revoked", TODAY
    row.record.save()
    with pytest.raises(Conflict):
        actions.resume(row, by=reviewer_of(row), reason="异议不成立")
