"""The ledger changes and disclosures follow; counts always equal a recount."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import DepartmentSuccession
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.web.figures import NOTHING, rate
from disclosure import actions
from disclosure.actions.following import follower
from disclosure.models import Disclosure, DisclosureChange, TimelinessTally
from disclosure.queries.changes import changes
from disclosure.queries.timeliness import timeliness, total
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import TODAY, ApprovedFactory, DisclosureFactory, PublishedFactory, SubmittedFactory
from disclosure.tests.test_prepare import registration
from records.followers import followers
from records.models import RefusedRow
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def at(*moment):
    return timezone.make_aware(datetime(*moment))


def changed(row, by=SYSTEM, **fields):
    row.record.content |= fields
    row.record.version += 1
    row.record.save()
    follower.changed([row.record_id], by=by)
    return Disclosure.objects.get(pk=row.pk)


def counts_agree():
    assert actions.recount(by=SYSTEM) == []


def test_the_follower_is_registered_with_the_ledger():
    assert follower in followers()


def test_a_draft_is_refreshed():
    row = DisclosureFactory()
    row.record.title = "无证经营"
    after = changed(row)
    assert (after.title, after.state, after.version) == ("无证经营", State.DRAFT, 2)


def test_an_approved_item_goes_back_when_its_record_changes():
    row = ApprovedFactory()
    after = changed(row, CF_NR="责令停产停业六个月。")
    assert (after.state, after.reviewed_by, after.review_note) == (
        State.RETURNED,
        None,
        "记录内容已变更，请重新提交审核。",
    )


def test_who_changed_the_record_may_not_review_it():
    row = SubmittedFactory()
    both = ReviewerFactory(roles=["clerk", "reviewer"], department=row.source_department)
    assert changed(row, by=both, CF_NR="责令停产停业六个月。").changed_by == both


def test_a_published_item_waits_for_a_second_person():
    row = PublishedFactory()
    after = changed(row, CF_NR="责令停产停业六个月。")
    assert after.needs_correction
    assert after.shown == row.shown
    assert not DisclosureChange.objects.exists()


def test_what_may_never_be_public_is_hidden_at_once():
    row = PublishedFactory()
    after = changed(row, not_public="当事人为未成年人")
    assert (after.state, after.needs_correction) == (State.SUSPENDED, True)
    assert DisclosureChange.objects.get().event == "ended"


def test_a_draft_that_became_exempt_awaits_a_second_person_and_comes_back():
    row = DisclosureFactory()
    changed(row, CF_CFLB="警告")
    held = Disclosure.objects.get(pk=row.pk)
    assert (held.state, held.awaits_confirmation) == (State.SUBMITTED, True), "one person changed the record"
    actions.confirm(held, by=ReviewerFactory(department=row.source_department), on=TODAY)
    after = changed(row, CF_CFLB="责令停产停业")
    assert (after.state, after.ended_why) == (State.DRAFT, "")


def test_a_repaired_item_stays_hidden_when_an_import_brings_it_again():
    """Trap 32."""
    row = factories.RepairedFactory()
    after = changed(row, CF_NR="责令停产停业六个月。")
    follower.entered([row.record_id], by=SYSTEM)
    assert Disclosure.objects.get(pk=row.pk).state == State.REPAIRED
    assert not after.needs_correction


def test_registration_follows_its_record_at_once():
    record = registration()
    actions.prepare([record.pk], by=SYSTEM)
    row = Disclosure.objects.get(record=record)
    after = changed(row, DJZT="注销")
    assert after.shown["DJZT"] == "注销"
    assert [each.event for each in DisclosureChange.objects.order_by("id")] == ["appeared", "changed"]


@pytest.mark.parametrize(
    "state", [state for state in State if state is not State.WITHDRAWN], ids=lambda state: state.value
)
def test_a_revoked_record_withdraws_its_disclosure_in_every_state(state):
    row = factories.BY_STATE[state]()
    follower.revoked([row.record_id], by=SYSTEM, reason="复议撤销")
    after = Disclosure.objects.get(pk=row.pk)
    assert (after.state, after.ended_why) == (State.WITHDRAWN, "复议撤销")
    assert after.changes.count() == (1 if state == State.PUBLISHED else 0)


def test_a_batch_may_not_take_back_what_somebody_handed_on():
    rows = {state: factories.BY_STATE[state]() for state in State}
    kept = follower.may_undo([row.record_id for row in rows.values()])
    free = {State.DRAFT, State.RETURNED, State.EXEMPT}
    assert set(kept) == {row.record_id for state, row in rows.items() if state not in free}
    assert "已公示" in kept[rows[State.PUBLISHED].record_id]


def test_an_undone_draft_is_gone_and_its_count_too():
    record = factories.severe_penalty()
    actions.prepare([record.pk], by=SYSTEM, on=TODAY)
    follower.undone([record.pk], by=SYSTEM)
    assert not Disclosure.objects.exists()
    assert total(timeliness(2026)).compliant == 0
    follower.entered([record.pk], by=SYSTEM)
    assert total(timeliness(2026)).compliant == 1
    counts_agree()


def test_an_undone_registration_is_hidden_and_shown_again_when_it_returns():
    record = registration()
    actions.prepare([record.pk], by=SYSTEM)
    record.status = "undone"
    record.save()
    follower.undone([record.pk], by=SYSTEM)
    assert Disclosure.objects.get().state == State.WITHDRAWN
    record.status = "active"
    record.save()
    follower.entered([record.pk], by=SYSTEM)
    row = Disclosure.objects.get()
    assert (row.state, row.ended_why) == (State.PUBLISHED, "")
    assert [each.event for each in DisclosureChange.objects.order_by("id")] == ["appeared", "ended", "appeared"]


def test_counts_equal_a_recount_after_everything_that_may_happen():
    ledger.PenaltyEntryFactory()
    authority = DepartmentFactory()
    clerk, reviewer = ClerkFactory(department=authority), ReviewerFactory(department=authority)
    records = [
        factories.severe_penalty(
            authority=authority, decided_on=day, first_arrived_at=first, first_compliant_at=arrived
        )
        for day, first, arrived in [
            (date(2026, 11, 2), at(2026, 11, 3), at(2026, 11, 3)),
            (date(2026, 10, 9), at(2026, 10, 12), at(2026, 11, 12)),
            (date(2026, 11, 16), at(2026, 11, 20), at(2026, 11, 20)),
            (date(2026, 9, 1), at(2026, 9, 2), at(2026, 9, 2)),
        ]
    ]
    actions.prepare([record.pk for record in records], by=clerk, on=TODAY)
    counts_agree()
    rows = list(Disclosure.objects.order_by("pk"))
    actions.submit_many([row.pk for row in rows], by=clerk, on=TODAY)
    actions.approve_and_publish(rows[0], by=reviewer, on=TODAY)
    actions.approve_many([row.pk for row in rows[1:3]], by=reviewer, on=TODAY)
    counts_agree()
    actions.withdraw(rows[0], by=reviewer, reason="复议撤销", public_note="已撤销")
    records[1].decided_on = date(2026, 10, 20)
    records[1].save()
    actions.correct(rows[1], by=reviewer, reason="日期笔误", on=TODAY)
    follower.revoked([records[3].pk], by=clerk, reason="撤销")
    counts_agree()
    assert TimelinessTally.objects.filter(published_late__gt=0).exists()
    TimelinessTally.objects.update(late=7)
    assert actions.recount(by=SYSTEM)
    counts_agree()


def test_rates_are_those_of_the_bulletin():
    """发改 formulas: 合规率 = 合规数 ÷ 上报数, 迟报率 = 迟报数 ÷ 上报数 (trap 46: nothing is a dash)."""
    assert rate(128854, 128854) == "100.00%"
    assert rate(428, 128854) == "0.33%"
    assert rate(0, 0) == NOTHING


def test_refused_rows_were_reported_and_each_record_counts_once():
    """Trap 47: refused on the 12th of October and two never mended, one accepted on the 12th of November as its record."""
    authority = DepartmentFactory()
    record = factories.severe_penalty(
        authority=authority,
        decided_on=date(2026, 10, 9),
        first_arrived_at=at(2026, 10, 12),
        first_compliant_at=at(2026, 11, 12),
    )
    for number in range(2):
        RefusedRow.objects.create(
            department=authority,
            item=record.item,
            kind="penalty",
            tokens=[f"{number:064x}"],
            batches=[1],
            first_at=at(2026, 10, 12),
        )
    actions.prepare([record.pk], by=SYSTEM, on=TODAY)
    months = {line.key.month: line for line in timeliness(2026, by="month")}
    assert (months[10].reported, months[10].compliant) == (2, 0)
    assert (months[11].reported, months[11].compliant, months[11].late) == (1, 1, 1)
    assert months[9].compliance_rate == NOTHING
    assert len(months) == 12


def test_statistics_follow_the_successor_and_drop_nobody():
    """Trap 49."""
    old, new, other = DepartmentFactory(), DepartmentFactory(), DepartmentFactory()
    DepartmentSuccession.objects.create(predecessor=old, successor=new, on=date(2026, 10, 1))
    for authority in (old, new, other):
        record = factories.severe_penalty(authority=authority, decided_on=date(2026, 11, 3))
        actions.prepare([record.pk], by=SYSTEM, on=TODAY)
    lines = {line.key: line.compliant for line in timeliness(2026)}
    assert lines == {new.pk: 2, other.pk: 1}
    assert total(timeliness(2026, department_id=old.pk)).compliant == 2
    before = {line.key: line.compliant for line in timeliness(2026, on=date(2026, 9, 1))}
    assert before == {old.pk: 1, new.pk: 1, other.pk: 1}


def test_decisions_of_a_holiday_year_are_reckoned_again_when_the_notice_comes():
    """Trap 5."""
    from credit_platform.workdays.queries import calendar
    from credit_platform.workdays.rules import Calendar, DayRule

    record = factories.permit(decided_on=date(2026, 12, 28))
    actions.prepare([record.pk], by=SYSTEM, on=TODAY)
    row = Disclosure.objects.get(record=record)
    assert row.due_provisional
    old = calendar()
    special = {date(2027, 1, day): DayRule(is_workday=False, name="元旦", source="示例通知") for day in (1, 2, 3, 4, 5)}
    new = Calendar({**old.special, **special}, old.published_years | {2027})
    assert [moved.new_due for moved in actions.due_days.preview(old, new)] == [date(2027, 1, 11)]
    assert actions.due_days.recompute(old, new, by=SYSTEM) == 1
    row.refresh_from_db()
    assert (row.due_on, row.due_provisional) == (date(2027, 1, 11), False)
    assert "暂定" not in row.late_reason
    counts_agree()


def test_the_feed_has_no_gap_and_follows_the_commit():
    rows = [PublishedFactory() for _ in range(3)]
    for row in rows:
        actions.suspend(row, by=ReviewerFactory(department=row.source_department), reason="异议核查")
    events = changes(after=0)
    assert [event.number for event in events] == [1, 2, 3]
    actions.resume(rows[0], by=ReviewerFactory(department=rows[0].source_department), reason="不成立")
    (event,) = changes(after=3)
    assert (event.number, event.event, event.disclosure) == (4, "appeared", rows[0])
    assert changes(after=4) == []


def test_reminders_come_once_and_late_ones_daily():
    due = {3: date(2026, 11, 26), 1: date(2026, 11, 24), -1: date(2026, 11, 20), 9: date(2026, 12, 4)}
    rows = {left: DisclosureFactory(due_on=day) for left, day in due.items()}
    assert actions.remind(TODAY) == 3
    assert actions.remind(TODAY) == 0
    assert rows[3].reminders.get().kind == "three_left"
    assert rows[1].reminders.get().kind == "one_left"
    assert rows[-1].reminders.get().kind == "late"
    assert not rows[9].reminders.exists()
    assert actions.remind(date(2026, 11, 24)) == 1
    assert rows[-1].reminders.count() == 2
