"""Campaigns: every move, the second person, the frozen list, what becomes of targets, example texts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from casework.rules.drawing import list_digest
from casework.tests import kit
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.tests.factories import PublishedFactory, RepairedFactory
from records.models import CreditRecord, Subject
from records.tests.factories import PersonFactory, PersonPenaltyFactory
from sanctions.corrections.tests import factories as corrections
from sanctions.lists.tests.factories import TODAY, EndedEntryFactory, StandingEntryFactory
from supervision.campaigns import actions, rules
from supervision.campaigns.models import TargetList
from supervision.campaigns.queries import choosing, progress
from supervision.campaigns.rules import CAMPAIGN, Progress, Query
from supervision.campaigns.tests.factories import (
    PDF,
    PENALTIES,
    RepealedFieldFactory,
    case_in,
    drafted,
    example,
    notified,
    penalties,
    take,
    target_of,
)

README = (Path(rules.__file__).parent / "README.md").read_text(encoding="utf-8")
READY = {"approve": "frozen", "deny": "frozen", "close": "running"}

test_moves = kit.every_pair(CAMPAIGN, case_in, take)
test_second_person = kit.two_people(CAMPAIGN, case_in, take, ready=READY)
test_race = kit.one_of_two(case_in, take, verb="approve", ready="frozen")
test_atomic = kit.nothing_half_done(
    case_in, take, verb="freeze", ready="drafted", breaks="supervision.campaigns.actions.listing._keep"
)
test_diagram = kit.diagram(CAMPAIGN, README)

pytestmark = pytest.mark.django_db


def frozen(query: Query = PENALTIES, **more) -> TargetList:
    case = take(drafted(), "freeze", query=query, **more)
    return case.own.target_list


def test_the_list_is_frozen_with_digest_who_and_when():
    records = penalties(3)
    PersonPenaltyFactory(subject=PersonFactory(), kind="penalty")
    listing = frozen()
    codes = [record.subject.code for record in records]
    assert (listing.size, listing.persons, listing.as_of) == (3, 1, TODAY)
    assert listing.digest == list_digest(codes)
    assert {row.records.get() for row in listing.targets.all()} == set(records)
    assert listing.frozen_by is not None
    assert listing.frozen_at.date() == TODAY


def test_what_was_frozen_nobody_changes():
    penalties(2)
    listing = frozen()
    target = listing.targets.first()
    for change in (
        lambda: TargetList.objects.filter(pk=listing.pk).update(size=1),
        lambda: target.delete(),
        lambda: target.records.clear(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_list_that_is_sent_back_stays_and_the_next_has_another_number():
    penalties(2)
    case = take(take(drafted(), "freeze", query=PENALTIES), "deny")
    penalties(1)
    case = take(case, "freeze", query=PENALTIES)
    assert [(row.number, row.size) for row in case.own.lists.order_by("number")] == [(1, 2), (2, 3)]


def test_who_froze_the_list_does_not_approve_it_though_another_began_the_campaign():
    penalties(1)
    case = drafted()
    both = ReviewerFactory(department=case.department)
    case = take(case, "freeze", by=both)
    for verb in ("approve", "deny"):
        with pytest.raises(Forbidden) as told:
            take(case, verb, by=both)
        assert told.value.code == "campaign.two_people"
    listing = case.own.target_list
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        TargetList.objects.filter(pk=listing.pk).update(approved_by=both, approved_on=TODAY)


def test_a_query_takes_what_it_says_and_no_more():
    here, there = DepartmentFactory(), DepartmentFactory()
    (mine,) = penalties(1, source_department=here, subject__district="230103")
    penalties(1, source_department=there)

    def who(**asked) -> set[int]:
        return {pk for pk, _ in choosing.subjects(Query(kinds=("penalty",), **asked), TODAY)}

    assert who(department=here.code) == {mine.subject_id}
    assert who(districts=("230103",)) == {mine.subject_id}
    day = mine.decided_on
    assert mine.subject_id in who(since=day, until=day)
    assert not who(since=day + timedelta(days=1))
    assert not who(until=day - timedelta(days=1))


def test_lists_count_on_the_day_and_ended_entries_do_not():
    standing, ended = StandingEntryFactory(), EndedEntryFactory()
    by_kind = {pk for pk, _ in choosing.subjects(Query(kinds=("list-entry",)), TODAY)}
    assert standing.subject_id in by_kind
    assert ended.subject_id not in by_kind
    by_list = {pk for pk, _ in choosing.subjects(Query(lists=(standing.credit_list.code,)), TODAY)}
    assert by_list == {standing.subject_id}


def test_what_was_repaired_or_revoked_brings_nobody_there():
    repaired, shown = RepairedFactory(), PublishedFactory()
    (revoked,) = penalties(1)
    CreditRecord.objects.filter(pk=revoked.pk).update(status="revoked", revoked_on=TODAY)
    found = {pk for pk, _ in choosing.subjects(PENALTIES, TODAY)}
    assert shown.record.subject_id in found
    assert not found & {repaired.record.subject_id, revoked.subject_id}


def test_who_was_merged_is_one_target():
    first, second = penalties(2)
    Subject.objects.filter(pk=second.subject_id).update(merged_into=first.subject_id)
    ((who, records),) = choosing.subjects(PENALTIES, TODAY)
    assert (who, sorted(records)) == (first.subject_id, sorted([first.pk, second.pk]))
    assert choosing.sizes(PENALTIES, TODAY) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": " "}, "campaign.name"),
        ({"measures": ""}, "campaign.measures"),
        ({"ends_on": date(2026, 11, 1)}, "campaign.days"),
        ({"starts_on": date(2026, 1, 1), "ends_on": TODAY - timedelta(days=1)}, "campaign.over"),
    ],
)
def test_what_a_campaign_needs(changes, rule):
    with pytest.raises(Refused) as told:
        drafted(**changes)
    assert [each.rule for each in told.value.findings] == [rule]


def test_a_field_that_no_longer_holds_and_another_department_begin_nothing():
    department = DepartmentFactory()
    given = {"name": "治理", "measures": "告知。", "starts_on": TODAY, "ends_on": TODAY, "department": department}
    with pytest.raises(Refused):
        actions.open_campaign(RepealedFieldFactory(), by=ClerkFactory(department=department), **given)
    with pytest.raises(Forbidden):
        drafted(by=ClerkFactory())


def test_progress_is_read_from_corrections_and_papers():
    by = DepartmentFactory()
    records = penalties(3, source_department=by)
    case = take(take(drafted(starts_on=corrections.BEGUN), "freeze", query=PENALTIES), "approve")
    listing = case.own.target_list
    targets = {row.subject_id: row for row in listing.targets.all()}
    corrected = corrections.drafted(records[0])
    for verb in ("order", "serve", "fail", "invite", "interview"):
        corrected = corrections.take(corrected, verb)
    notified(targets[records[1].subject_id])
    notified(targets[records[2].subject_id], progress="transferred", receiver=DepartmentFactory())
    later = TODAY + timedelta(days=60)
    days = progress.first_days(listing, later)
    first = targets[records[0].subject_id].pk
    assert days[Progress.NOTIFIED] == {first: corrected.hearing.served_on, targets[records[1].subject_id].pk: TODAY}
    assert days[Progress.INTERVIEWED] == {first: corrected.own.talk_held_on}
    assert not days[Progress.CORRECTED]
    assert set(days[Progress.TRANSFERRED]) == {targets[records[2].subject_id].pk}
    assert progress.first_days(listing, later, [first]) == {
        each: {key: day for key, day in found.items() if key == first} for each, found in days.items()
    }
    figures = progress.figures(case.own, later)
    assert (figures.size, figures.pairs[0], figures.pairs[4]) == (3, ("已告知", 2), ("已移送", 1))


def test_what_was_done_before_the_campaign_is_not_its_own():
    (record,) = penalties(1)
    corrections.take(corrections.take(corrections.drafted(record), "order"), "serve")
    case = take(take(drafted(starts_on=TODAY), "freeze", query=PENALTIES), "approve")
    assert not progress.first_days(case.own.target_list, TODAY)[Progress.NOTIFIED]


def test_an_entry_has_its_paper_once_and_is_taken_back_with_a_reason():
    target = target_of(case_in("running"))
    with pytest.raises(Refused):
        notified(target, paper=None)
    with pytest.raises(Forbidden):
        notified(target, by=ClerkFactory())
    row = notified(target)
    with pytest.raises(Conflict):
        notified(target)
    by = ClerkFactory(department=target.target_list.campaign.case.department)
    with pytest.raises(Refused):
        actions.take_back(row, reason=" ", by=by)
    row = actions.take_back(row, reason="登记到别的主体。", by=by)
    with pytest.raises(Conflict):
        actions.take_back(row, reason="再次撤回。", by=by)
    assert not progress.first_days(target.target_list, TODAY)[Progress.NOTIFIED]
    assert notified(target).pk != row.pk


@pytest.mark.parametrize("state", ["frozen", "closed"])
def test_nothing_is_entered_while_the_campaign_does_not_run(state):
    with pytest.raises(Conflict):
        notified(target_of(case_in(state)))


def test_an_example_names_no_target_and_is_public_by_two():
    case = case_in("running")
    subject = target_of(case).subject
    for text in (f"{subject.name}支付了欠薪。", f"代码{subject.code}的公司。", "联系人13800000000。"):
        with pytest.raises(Refused):
            example(case, text=text)
    row = example(case)
    author = row.written_by
    author.roles = ["reviewer"]
    author.save()
    with pytest.raises(Forbidden):
        actions.publish(row, by=author)
    row = actions.publish(row, by=ReviewerFactory(department=case.department))
    with pytest.raises(Conflict):
        actions.publish(row, by=ReviewerFactory(department=case.department))
    assert actions.withdraw(row, reason="重复。", by=CreditOfficeFactory()).state == "withdrawn"


def test_looks_at_the_list_are_registered():
    from lookups.models import Query as Registered

    listing = frozen() if penalties(1) else None
    by = ClerkFactory(department=listing.campaign.case.department)
    actions.look_at(listing, by=by)
    row = Registered.objects.latest("pk")
    assert (row.way, row.actor_id) == ("campaigns.targets", by.pk)
    assert listing.campaign.case.number in row.why
    with pytest.raises(Forbidden):
        actions.look_at(listing, by=ClerkFactory())


def test_a_file_is_kept_with_the_entry():
    row = notified(target_of(case_in("running")))
    assert (row.paper.name, row.paper.role) == (PDF.name, "handling")
