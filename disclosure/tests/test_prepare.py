"""Records that enter the ledger: due day, verdict, draft, exempt or shown at once."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Role
from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange, TimelinessTally
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import TODAY
from records.models import SubjectKind
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db


def at(year, month, day, hour=9, minute=0):
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def prepared(record, on=TODAY):
    actions.prepare([record.pk], by=SYSTEM, on=on)
    return Disclosure.objects.get(record=record)


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2020, 9, 21), date(2020, 9, 29)),
        (date(2020, 9, 24), date(2020, 10, 10)),
        (date(2020, 9, 27), date(2020, 10, 13)),
        (date(2020, 10, 8), date(2020, 10, 16)),
        (date(2021, 2, 5), date(2021, 2, 20)),
        (date(2025, 12, 30), date(2026, 1, 9)),
        (date(2026, 2, 13), date(2026, 3, 2)),
        (date(2026, 9, 23), date(2026, 10, 10)),
        (date(2026, 11, 23), date(2026, 12, 2)),
    ],
)
def test_the_due_day_is_the_seventh_official_working_day(decided, due):
    row = prepared(factories.permit(decided_on=decided))
    assert (row.due_on, row.due_provisional) == (due, False)


def test_a_year_without_notice_is_provisional():
    assert prepared(factories.permit(decided_on=date(2026, 12, 28))).due_provisional


def test_half_past_midnight_in_harbin_is_the_next_day():
    """Trap 4: 2020-10-10 16:30 UTC is 2020-10-11 00:30 in Harbin, and the due day was the 10th."""
    moment = datetime.fromisoformat("2020-10-10T16:30:00+00:00")
    row = prepared(factories.permit(decided_on=date(2020, 9, 24), first_compliant_at=moment))
    assert (row.arrived_on, row.arrival_late) == (date(2020, 10, 11), True)
    row = prepared(factories.permit(decided_on=date(2020, 9, 24), first_compliant_at=at(2020, 10, 10, 23, 59)))
    assert not row.arrival_late


def test_the_verdict_is_stored_with_its_reason():
    row = prepared(factories.permit(decided_on=date(2026, 9, 23), first_compliant_at=at(2026, 10, 13)))
    assert row.arrival_late
    assert (
        row.late_reason
        == "决定日2026年9月23日，第7个工作日为2026年10月10日，于2026年10月13日首次合规报送，迟2个工作日。"
    )


def test_the_first_compliant_arrival_counts_and_not_the_refused_one():
    """Trap 47."""
    record = factories.permit(
        decided_on=date(2026, 11, 2), first_arrived_at=at(2026, 11, 5), first_compliant_at=at(2026, 11, 13)
    )
    row = prepared(record)
    assert row.due_on == date(2026, 11, 11)
    assert row.arrival_late


def test_a_draft_remembers_who_entered_the_record(alice_clerk):
    record = factories.severe_penalty(entered_by=alice_clerk)
    row = prepared(record)
    assert (row.state, row.drafted_by) == (State.DRAFT, alice_clerk)
    assert row.subject_code == record.subject.code
    assert row.shown == {}


def test_twice_prepared_is_once():
    record = factories.severe_penalty()
    assert actions.prepare([record.pk], by=SYSTEM).total == 1
    assert actions.prepare([record.pk], by=SYSTEM).total == 0
    assert AuditEntry.objects.filter(verb="disclosure.prepare").count() == 1


def test_a_revoked_record_gets_nothing():
    ledger.PenaltyEntryFactory()
    record = ledger.RevokedRecordFactory()
    assert actions.prepare([record.pk], by=SYSTEM).total == 0


def test_an_item_that_does_not_publish_gets_nothing():
    ledger.LocalEntryFactory()
    record = ledger.PenaltyRecordFactory(item=ledger.CatalogueItemFactory(code="BD-0001"))
    assert actions.prepare([record.pk], by=SYSTEM).total == 0


def test_penalties_of_persons_stay_inside():
    ledger.PenaltyEntryFactory()
    record = ledger.PersonPenaltyFactory(subject__name="张三丰")
    row = prepared(record)
    assert row.state == State.EXEMPT
    assert "自然人" in row.ended_why
    assert (row.subject_name, row.subject_code) == ("张**", "")


def test_a_permit_of_a_person_is_drafted_with_a_masked_name():
    ledger.PermitEntryFactory()
    record = ledger.PermitRecordFactory(subject=ledger.PersonFactory(name="欧阳修文"))
    row = prepared(record)
    assert (row.state, row.subject_name) == (State.DRAFT, "欧阳**")


def test_a_minor_is_never_public():
    record = factories.severe_penalty()
    record.content["not_public"] = "当事人为未成年人"
    record.save()
    row = prepared(record)
    assert (row.state, "未成年人" in row.ended_why) == (State.EXEMPT, True)


def test_minor_dishonesty_is_collected_and_not_shown():
    """Trap 37: what the kinds of penalty say by themselves needs nobody."""
    record = factories.fine()
    record.content |= {"CF_CFLB": "警告", "HRB_CFCX": "简易程序"}
    record.save()
    row = prepared(record)
    assert (row.state, row.severity, row.rule_set) == (State.EXEMPT, "轻微", "R3")
    assert "轻微失信" in row.ended_why


def test_what_the_catalogue_does_not_publish_is_exempt():
    ledger.PenaltyEntryFactory(visibility="shared")
    row = prepared(ledger.PenaltyRecordFactory())
    assert row.state == State.EXEMPT


def test_a_period_that_is_over_is_exempt():
    record = factories.fine(decided_on=date(2019, 8, 1), valid_until=date(2020, 8, 1))
    record.content |= {"HRB_YZCD": "一般"}
    record.save()
    row = prepared(record)
    # Both rules end it on 2020-08-01; where they weigh the same the present one holds.
    assert (row.state, row.rule_set) == (State.EXEMPT, "R3")
    assert "届满" in row.ended_why


def registration(**values):
    ledger.RegistrationEntryFactory()
    subject = ledger.SubjectFactory()
    content = {
        "QYMC": subject.name,
        "TYSHXYDM": subject.code,
        "FDDBR": "赵某某",
        "DJZT": "存续",
        "ZCH": "230100100000005",
    }
    more = {"valid_until": None, "decided_on": date(2015, 5, 4), "content": content, **values}
    return ledger.CreditRecordFactory(
        subject=subject,
        item=ledger.CatalogueItemFactory(code="DJZC"),
        kind="registration",
        standard="registration",
        title=subject.name,
        **more,
    )


def test_registration_is_public_as_soon_as_it_is_entered():
    record = registration()
    done = actions.prepare([record.pk], by=SYSTEM, on=TODAY)
    row = Disclosure.objects.get(record=record)
    assert done.published == 1
    assert (row.state, row.on_entry, row.published_on, row.ends_on) == (State.PUBLISHED, True, TODAY, None)
    assert row.shown == {"QYMC": record.subject.name, "TYSHXYDM": record.subject.code, "DJZT": "存续"}
    assert list(Disclosure.objects.visible_on(TODAY)) == [row]
    assert DisclosureChange.objects.get().event == "appeared"
    assert not TimelinessTally.objects.exists()


def test_many_are_prepared_with_a_constant_number_of_queries(django_assert_max_num_queries):
    first = factories.severe_penalty()
    actions.prepare([first.pk], by=SYSTEM)
    ids = [factories.severe_penalty(authority=first.authority).pk for _ in range(40)]
    with django_assert_max_num_queries(40):
        assert actions.prepare(ids, by=SYSTEM).drafts == 40


def test_who_may_not_enter_may_not_prepare(dan_other_clerk):
    record = factories.severe_penalty()
    with pytest.raises(Forbidden):
        actions.prepare([record.pk], by=dan_other_clerk)
    assert not Disclosure.objects.exists()


def test_the_clerk_who_imports_prepares(alice_clerk, market_bureau):
    record = factories.severe_penalty(authority=market_bureau)
    assert Role.CLERK in alice_clerk.roles
    assert actions.prepare([record.pk], by=alice_clerk).drafts == 1
    other = ClerkFactory(department=market_bureau)
    assert actions.prepare([record.pk], by=other).total == 0


def test_sole_traders_keep_their_business_name():
    ledger.PermitEntryFactory()
    record = ledger.PermitRecordFactory(subject=ledger.SoleTraderFactory(name="道里区示例小吃店"))
    assert record.subject.kind == SubjectKind.SOLE_TRADER
    assert prepared(record).subject_name == "道里区示例小吃店"
