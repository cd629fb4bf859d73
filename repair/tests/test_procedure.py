"""A repair from the application to its effect: every move, every person, every day, and what it does to the public item."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from casework.models import Attachment, Case, Notice
from casework.tests import kit
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure, DisclosureChange
from disclosure.queries.public import by_public_id
from disclosure.tests.factories import (
    EndedFactory,
    PublishedFactory,
    RepairedFactory,
    WithdrawnFactory,
    severe_penalty,
)
from repair import followers
from repair.models import RepairBlock, RepairCase
from repair.rules.handling import Word
from repair.rules.procedure import REPAIR, Finding, Way
from repair.tests.factories import PDF, PERFORMED, TODAY, applied, brought_to, case_in, take
from sanctions.joint.actions import pushing
from sanctions.joint.models import JointItem
from sanctions.joint.tests import factories as joint
from sanctions.lists.tests.factories import SeriousListFactory, enter, face, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

# What rests on a ruling, on an entry or on a hearing has tests of its own below.
test_moves = kit.every_pair(REPAIR, case_in, take, but=("shield", "free", "complete", "undo"))
test_diagram = kit.diagram(REPAIR, (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8"))
test_two_people = kit.two_people(REPAIR, case_in, take, person=CreditOfficeFactory, ready={
    "grant": "reviewed", "reject": "reviewed", "shield": "reviewed", "complete": "shielded",
    "lapse": "shielded", "undo": "served", "clear": "served",
})  # fmt: skip


def shown(case: Case) -> Disclosure:
    return Disclosure.objects.get(pk=case.own.disclosure_id)


@pytest.fixture
def heard():
    """What a follower of repairs is told."""
    told = []

    def follower(what, by):
        told.append((what.effect.value, list(what.disclosures)))

    followers.register(follower)
    yield told
    followers.forget(follower)


def test_an_application_changes_nothing_about_the_item():
    item = PublishedFactory()
    before = Disclosure.objects.values().get(pk=item.pk)
    case = applied(item)
    assert Disclosure.objects.values().get(pk=item.pk) == before
    assert (case.due_on, case.department) == (date(2026, 11, 26), item.source_department)
    assert sorted(Attachment.objects.filter(case=case).values_list("role", flat=True)) == ["letter", "proof"]


@pytest.mark.parametrize(("day", "taken"), [(date(2026, 11, 22), False), (TODAY, True), (date(2026, 11, 24), True)])
def test_it_is_taken_from_the_first_day_on(clock, day, taken):
    item = PublishedFactory(earliest_repair_on=TODAY)
    clock(day)
    if taken:
        assert applied(item).state == "applied"
        return
    with pytest.raises(Refused, match="2026年11月23日") as refused:
        applied(item)
    assert refused.value.code == "repair.later"
    assert not Case.objects.exists(), "nothing is kept against who asked too early"


@pytest.mark.parametrize(("day", "taken"), [(date(2027, 5, 1), True), (date(2027, 5, 2), False)])
def test_it_is_taken_through_the_last_day(clock, day, taken):
    item = PublishedFactory(ends_on=date(2027, 5, 1))
    clock(day)
    if taken:
        assert applied(item).state == "applied"
        return
    with pytest.raises(Refused) as refused:
        applied(item)
    assert refused.value.code == "repair.over"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"performed_on": None}, "performed_on"),
        ({"performed_on": date(2026, 11, 24)}, "performed_on"),
        ({"performed_on": date(2020, 1, 1)}, "performed_on"),
        ({"proof": []}, "proof"),
        ({"paper": []}, "paper"),
        ({"told": "身份证号11010519491231002X"}, "told"),
        ({"way": Way.BANKRUPTCY, "ruling": None}, "court"),
    ],
)
def test_what_is_missing_is_told_at_its_field(given, field):
    with pytest.raises(Refused) as refused:
        applied(**given)
    assert field in {finding.field for finding in refused.value.findings}
    assert not Case.objects.exists()


@pytest.mark.parametrize("factory", [WithdrawnFactory, EndedFactory, RepairedFactory])
def test_what_is_not_shown_is_not_repaired(factory):
    with pytest.raises(Refused):
        applied(factory())


def test_only_one_is_open_of_an_item_and_after_a_refusal_it_may_be_asked_again():
    first = applied()
    with pytest.raises(Conflict, match=first.number):
        applied(shown(first))
    take(first, "refuse")
    assert applied(shown(first)).number != first.number


def test_nobody_asks_for_another_and_a_company_signs():
    item = PublishedFactory()
    with pytest.raises(Forbidden):
        applied(item, by=ActiveFactory())
    with pytest.raises(Forbidden):
        applied(item, by=ReviewerFactory(department=item.source_department))
    with pytest.raises(Refused) as refused:
        applied(item, by=ActiveFactory(subject=item.subject), paper=[])
    assert refused.value.code == "repair.letter"


def test_papers_are_asked_for_once_and_their_time_is_not_counted(clock):
    case = applied()
    clock(TODAY + timedelta(days=1))
    case = take(case, "ask")
    assert case.paused
    clock(date(2026, 12, 1))
    case = take(case, "supply")
    assert (case.paused, case.due_on) == (False, date(2026, 12, 3))
    with pytest.raises(Conflict) as again:
        take(case, "ask")
    assert again.value.code == "repair.asked"


def test_every_stage_has_its_days_and_none_passes_the_limits(clock):
    case = applied()
    steps = [
        ("accept", date(2026, 11, 26), date(2026, 12, 2)),
        ("verify", date(2026, 12, 2), date(2026, 12, 3)),
        ("review", date(2026, 12, 3), date(2026, 12, 7)),
    ]
    for verb, on, due in steps:
        clock(on)
        case = take(case, verb)
        assert case.due_on == due, verb


@pytest.mark.parametrize(
    ("on", "fine"), [(date(2026, 12, 1), True), (date(2026, 12, 2), True), (date(2026, 12, 3), False)]
)
def test_it_is_made_longer_only_before_its_last_day_has_passed(clock, on, fine):
    case = applied()
    clock(date(2026, 11, 26))
    case = take(case, "accept")
    clock(on)
    if not fine:
        with pytest.raises(Refused):
            take(case, "extend")
        return
    case = take(case, "extend")
    assert (case.due_on, case.own.is_extended) == (date(2026, 12, 16), True)
    with pytest.raises(Refused):
        take(case, "extend")


def test_a_refusal_names_the_first_day_or_what_is_missing():
    case = case_in("verified")
    unmet = Word(finding=Finding.UNMET, text="罚款尚欠2000元。")
    other = take(applied(), "accept")
    other = take(take(other, "verify", word=unmet), "review")
    with pytest.raises(Refused) as refused:
        take(other, "grant")
    assert refused.value.code == "repair.unmet"
    other = take(other, "reject")
    assert "罚款尚欠2000元" in other.own.answer
    assert "罚款尚欠2000元" in Notice.objects.filter(case=other, kind="rejected").get().text
    assert shown(other).state == "published"
    assert take(case, "review").state == "reviewed"


def test_the_organs_day_of_performance_counts():
    case = take(applied(), "accept")
    late = Word(finding=Finding.MET, text="尚未到期。", performed_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        take(case, "verify", word=late)


def test_granted_it_leaves_the_public_in_the_same_transaction(heard):
    case = case_in("granted")
    item = shown(case)
    assert (item.state, item.performed_on) == ("repaired", PERFORMED)
    assert by_public_id(item.public_id, TODAY) is None
    assert DisclosureChange.objects.filter(disclosure=item, event="ended").count() == 1
    assert heard == [("granted", [item.pk])]
    assert (case.own.granted_on, case.closed_on) == (TODAY, TODAY)
    assert AuditEntry.objects.filter(verb="repair.grant").count() == 1


def test_what_a_follower_refuses_undoes_all_of_it():
    def refuses(told, by):
        raise Refused("test", "不行。")

    case = case_in("reviewed")
    followers.register(refuses)
    try:
        with pytest.raises(Refused):
            take(case, "grant")
    finally:
        followers.forget(refuses)
    assert (shown(case).state, Case.objects.get(pk=case.pk).state) == ("published", "reviewed")
    assert not AuditEntry.objects.filter(verb="disclosure.repair").exists()


def test_who_verified_or_reviewed_does_not_decide():
    office = CreditOfficeFactory()
    case = take(case_in("verified"), "review", by=office)
    for verb in ("grant", "reject"):
        with pytest.raises(Forbidden) as refused:
            take(case, verb, by=office)
        assert refused.value.code == "repair.two_people"
    with pytest.raises(IntegrityError), transaction.atomic():
        RepairCase.objects.filter(pk=case.pk).update(decided_by=office)


def test_an_entry_leaves_its_list_by_the_organs_document(listed, heard):
    entry = enter(SeriousListFactory(exit_months=1), given=said(entered_on=date(2026, 10, 1)))
    case = take(applied(face(entry)), "accept")
    with pytest.raises(Refused) as refused:
        take(case, "verify", word=Word(finding=Finding.MET, text="已履行。", performed_on=PERFORMED))
    assert refused.value.code == "repair.document"
    case = take(take(take(case, "verify"), "review"), "grant")
    entry.refresh_from_db()
    assert (entry.ended_way, entry.ended_document, entry.ended_on) == ("repair", "示移决〔2026〕1号", TODAY)
    assert entry.end_asked_by != entry.end_confirmed_by
    assert shown(case).state == "repaired"
    assert heard == [("granted", [case.own.disclosure_id])]


def test_a_plan_of_bankruptcy_screens_before_the_first_day_and_ends_in_a_repair(heard):
    item = PublishedFactory(earliest_repair_on=date(2027, 11, 11))
    case = brought_to("shielded", applied(item, way=Way.BANKRUPTCY, performed_on=None))
    assert (shown(case).state, by_public_id(item.public_id, TODAY)) == ("suspended", None)
    assert case.due_on is not None
    case = take(case, "follow")
    assert "第一期债务已经清偿" in case.own.followed
    case = take(case, "complete")
    assert (shown(case).state, case.own.granted_on) == ("repaired", TODAY)
    assert [effect for effect, _ in heard] == ["screened", "granted"]


def test_a_plan_that_fails_shows_it_again_until_its_own_last_day(heard):
    case = case_in("shielded")
    before = shown(case).ends_on
    case = take(case, "lapse")
    assert (shown(case).state, shown(case).ends_on) == ("published", before)
    assert [effect for effect, _ in heard] == ["screened", "shown_again"]


def test_who_screened_does_not_end_it_and_without_a_ruling_nothing_is_screened():
    office = CreditOfficeFactory()
    case = take(brought_to("reviewed", applied(way=Way.BANKRUPTCY)), "shield", by=office)
    for verb in ("complete", "lapse"):
        with pytest.raises(Forbidden):
            take(case, verb, by=office)
    with pytest.raises(Conflict):
        take(case_in("reviewed"), "shield")
    with pytest.raises(Conflict):
        take(brought_to("reviewed", applied(way=Way.BANKRUPTCY)), "grant")


def test_a_repair_got_by_false_papers_is_undone_after_a_hearing(heard, clock):
    item = PublishedFactory(ends_on=date(2027, 6, 1))
    case = brought_to("served", applied(item))
    with pytest.raises(Refused):
        take(case, "undo")
    case = take(take(case, "hear"), "undo")
    assert (shown(case).state, shown(case).ends_on) == ("published", date(2027, 6, 1))
    block = RepairBlock.objects.get()
    assert (block.since, block.until) == (TODAY, date(2027, 11, 23))
    assert [effect for effect, _ in heard] == ["granted", "undone"]
    with pytest.raises(Refused) as refused:
        applied(item)
    assert refused.value.code == "repair.blocked"
    other = PublishedFactory(record=severe_penalty(subject=item.subject))
    clock(date(2027, 11, 23))
    with pytest.raises(Refused):
        applied(other)
    clock(date(2027, 11, 24))
    assert applied(other).state == "applied"


def test_what_would_be_over_by_now_stays_hidden_when_its_repair_is_undone(clock):
    case = brought_to("served", applied(PublishedFactory(ends_on=date(2026, 12, 31))))
    case = take(case, "hear")
    clock(date(2027, 1, 4))
    case = take(case, "undo")
    assert (case.state, shown(case).state) == ("undone", "repaired")


def test_an_entry_stands_again_when_its_repair_is_undone(listed):
    entry = enter(SeriousListFactory(exit_months=1), given=said(entered_on=date(2026, 10, 1)))
    case = take(brought_to("served", applied(face(entry))), "hear")
    take(case, "undo")
    entry.refresh_from_db()
    assert (entry.ended_on, entry.stands_on(TODAY), face(entry).state) == (None, True, "published")


def test_who_told_the_subject_does_not_undo_the_repair():
    office = CreditOfficeFactory()
    case = take(take(take(case_in("granted"), "notify", by=office), "serve"), "hear")
    for verb in ("undo", "clear"):
        with pytest.raises(Forbidden):
            take(case, verb, by=office)
    assert take(case, "clear").state == "granted"
    assert shown(case).state == "repaired"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told():
    case = case_in("reviewed")
    people, gate, ends = [CreditOfficeFactory() for _ in range(2)], Barrier(2), []

    def run(by) -> None:
        gate.wait()
        try:
            ends.append(take(case, "grant", by=by))
        except Conflict as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(end, Conflict) for end in ends) == [False, True]
    assert AuditEntry.objects.filter(verb="disclosure.repair").count() == 1


def test_a_file_is_known_by_its_content():
    fake = type(PDF)("证明.pdf", b"MZ\x90\x00")
    with pytest.raises(Refused):
        applied(proof=[fake])
    assert not Case.objects.exists()


def test_what_hinders_a_plan_is_lifted_alone_and_the_entry_stays_listed(listed):
    joint.measured()
    entry = enter(SeriousListFactory(exit_months=12), given=said(entered_on=date(2026, 10, 1)))
    pushing.push_pending(TODAY)
    line = JointItem.objects.get(entry=entry)
    for verb in ("accept", "settle"):
        joint.take(Case.objects.get(pk=line.task_id), verb)
    case = brought_to("shielded", applied(face(entry), way=Way.BANKRUPTCY, performed_on=None))
    due = case.due_on
    with pytest.raises(Refused):
        take(case, "free", item=0)
    case = take(case, "free", item=line.pk)
    line.refresh_from_db()
    entry.refresh_from_db()
    assert (line.state, entry.ended_on, case.state, case.due_on) == ("lifting", None, "shielded", due)
    with pytest.raises(Conflict):
        take(case, "free", item=line.pk)
    case = take(case, "complete")
    entry.refresh_from_db()
    assert (entry.ended_way, face(entry).state) == ("repair", "repaired"), "by the ruling, before the twelve months"
