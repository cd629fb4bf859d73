"""整改 and 约谈: every move, the second person, what enters the credit record, what stands against a step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from casework.actions import reminders
from casework.models import Case
from casework.tests import kit
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.actions.changes import revoke
from records.models import CreditRecord
from records.tests.factories import PersonFactory
from sanctions.corrections import actions, rules
from sanctions.corrections.models import CorrectionCase
from sanctions.corrections.rules import CORRECTION
from sanctions.corrections.tests.factories import BEGUN, DEMANDS, FACTS, PDF, case_in, drafted, finding, take
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, StandingEntryFactory

README = (Path(rules.__file__).parent / "README.md").read_text(encoding="utf-8")
READY = {"order": "drafted", "invite": "failing", "dismiss": "served", "annul": "interviewed"}

test_moves = kit.every_pair(CORRECTION, case_in, take, but=("respond",))
test_second_person = kit.two_people(CORRECTION, case_in, take, ready=READY)
test_race = kit.one_of_two(case_in, take, verb="interview", ready="invited")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="interview", ready="invited", breaks="sanctions.corrections.actions.enter_talk"
)
test_diagram = kit.diagram(CORRECTION, README)


@pytest.mark.django_db
def test_the_talk_enters_the_credit_record_and_nobody_in_public_reads_it():
    case = case_in("interviewed")
    record = case.record
    assert (record.kind, record.subject, record.status) == ("interview", case.subject, "active")
    assert (record.content["YT_ZL"], record.content["YT_CN"]) == ("提示约谈", "补齐进货查验记录。")
    assert record.decided_on == case.own.talk_held_on
    assert record.source_department == case.department
    assert Disclosure.objects.get(record=record).state == "exempt"
    assert case.due_on == case.own.promised_by


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["serious", "again"])
def test_it_is_a_warning_on_a_serious_list_and_the_second_time(how):
    record = finding()
    if how == "serious":
        entry = StandingEntryFactory(credit_list=SeriousListFactory())
        record = finding(subject=entry.subject)
    else:
        first = case_in("settled")
        record = finding(subject=first.subject, department=first.department)
    case = drafted(record)
    for verb in ("order", "serve", "fail", "invite"):
        case = take(case, verb)
    assert case.own.kind == "warn"


@pytest.mark.django_db
@pytest.mark.parametrize("who", [lambda record: ClerkFactory(), lambda record: CreditOfficeFactory()])
def test_who_found_it_talks_and_nobody_else(who):
    record = finding()
    with pytest.raises(Forbidden):
        actions.open_correction(record, facts=FACTS, demands=DEMANDS, by=who(record), on=BEGUN)


@pytest.mark.django_db
def test_of_one_record_one_case_is_open():
    case = drafted()
    with pytest.raises(Conflict):
        drafted(case.own.found)
    take(case, "dismiss")
    assert drafted(case.own.found).pk != case.pk
    with pytest.raises(IntegrityError, match="correction_one_open_a_record"), transaction.atomic():
        CorrectionCase.objects.filter(pk=case.pk).update(is_open=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: finding(kind="permit"), Refused),
        (lambda: finding(subject=PersonFactory()), Refused),
    ],
)
def test_what_cannot_be_corrected(make, error):
    with pytest.raises(error):
        drafted(make())


@pytest.mark.django_db
def test_a_revoked_record_is_not_acted_on():
    record = finding()
    revoke(record, by=ClerkFactory(department=record.source_department), reason="撤销。", on=TODAY)
    with pytest.raises((Conflict, Refused)):
        drafted(CreditRecord.objects.get(pk=record.pk))


@pytest.mark.django_db
def test_nobody_has_failed_on_the_last_day():
    case = case_in("served")
    until, by = case.hearing.until, ReviewerFactory(department=case.department)
    for early in (until - timedelta(days=1), until):
        with pytest.raises(Refused) as told:
            actions.failed(case, recheck="仍无记录。", by=by, on=early)
        assert told.value.findings[0].rule == "correction.early"
    assert actions.failed(case, recheck="仍无记录。", by=by, on=until + timedelta(days=1)).state == "failing"


@pytest.mark.django_db
def test_nobody_has_broken_a_promise_on_its_last_day():
    case = case_in("interviewed")
    promised, by = case.own.promised_by, ReviewerFactory(department=case.department)
    with pytest.raises(Refused):
        actions.persist(case, recheck="仍无记录。", by=by, on=promised)
    assert actions.persist(case, recheck="仍无记录。", by=by, on=promised + timedelta(days=1)).state == "unsettled"


@pytest.mark.django_db
def test_the_company_reports_once_within_the_days_and_only_for_itself(monkeypatch):
    from casework.tests.conftest import at

    case = case_in("served")
    account = ActiveFactory(subject=case.subject)
    with pytest.raises(Forbidden):
        actions.respond(case, statement="已整改。", by=ActiveFactory())
    at(case.hearing.until, monkeypatch)
    case = actions.respond(case, statement="已补齐记录。", by=account)
    assert (case.state, case.hearing.statement) == ("served", "已补齐记录。")
    with pytest.raises(Conflict):
        actions.respond(case, statement="再报一次。", by=account)


@pytest.mark.django_db
def test_a_late_report_is_not_taken_online():
    case = case_in("served")
    with pytest.raises(Conflict):
        actions.respond(case, statement="已整改。", by=ActiveFactory(subject=case.subject))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"minutes": ""}, {"attended": " "}, {"promise": ""}, {"days": 0}, {"attachments": []}]
)
def test_a_talk_without_minutes_is_no_talk(changes):
    case = case_in("invited")
    given = {"attended": "赵某某", "minutes": "问答。", "promise": "补齐。", "days": 5, "attachments": [PDF]}
    by = ReviewerFactory(department=case.department)
    with pytest.raises(Refused):
        actions.interview(case, on=case.own.talk_on, by=by, **given | changes)
    assert not CreditRecord.objects.filter(kind="interview").exists()


@pytest.mark.django_db
def test_the_database_holds_that_a_talk_has_minutes():
    case = case_in("interviewed")
    with pytest.raises(IntegrityError, match="correction_talk_has_minutes"), transaction.atomic():
        CorrectionCase.objects.filter(pk=case.pk).update(minutes="")


@pytest.mark.django_db
def test_who_did_not_come_is_called_again():
    case = take(case_in("invited"), "absent")
    assert (case.state, case.own.absences) == ("failing", 1)
    assert take(case, "invite").state == "invited"


@pytest.mark.django_db
def test_nobody_is_absent_before_the_day():
    case = case_in("invited")
    by = ReviewerFactory(department=case.department)
    with pytest.raises(Refused):
        actions.absent(case, reason="没有来。", by=by, on=case.own.talk_on - timedelta(days=1))


@pytest.mark.django_db
def test_what_is_annulled_leaves_the_credit_record():
    case = case_in("annulled")
    assert CreditRecord.objects.get(pk=case.record_id).status == "revoked"
    assert not CorrectionCase.objects.talked().filter(pk=case.pk).exists()


@pytest.mark.django_db
def test_departments_are_reminded_of_what_falls_due(monkeypatch):
    case = case_in("served")
    assert Case.objects.late(TODAY).filter(pk=case.pk).exists()
    done = reminders.remind(TODAY)
    assert sum(done.values()) > 0


def test_a_year_ago_is_a_year_ago():
    assert rules.talk_of(on_serious_list=False, last_talk_on=date(2025, 2, 28), on=date(2026, 2, 28)) is rules.Talk.WARN
