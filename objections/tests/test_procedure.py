"""An objection from the disputed value to its answer: every move, every person, every day, and what it does to the public item."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction

from casework.models import Case, Notice
from casework.rules.disputes import About
from casework.tests import kit
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    ReviewerFactory,
    WindowClerkFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure, DisclosureChange
from disclosure.queries.public import by_public_id
from disclosure.tests.factories import PublishedFactory, WithdrawnFactory
from objections import actions, base_data
from objections.models import Objection, SuppressionRule
from objections.rules.outcomes import Outcome, Verified
from objections.rules.procedure import MOVES, OBJECTION, State
from objections.tests.factories import OTHER, PDF, TODAY, case_in, company, filed, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

test_moves = kit.every_pair(OBJECTION, case_in, take)
test_diagram = kit.diagram(OBJECTION, (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8"))


def shown(case: Case) -> Disclosure:
    return Disclosure.objects.get(pk=case.own.disclosure_id)


def test_the_item_is_marked_on_the_day_received_and_nothing_else_of_it_changes():
    item = PublishedFactory()
    before = Disclosure.objects.values().get(pk=item.pk)
    case = filed(item)
    after = Disclosure.objects.values().get(pk=item.pk)
    assert {name for name in after if after[name] != before[name]} == {"marks", "version", "updated_at"}
    assert by_public_id(item.public_id, TODAY).mark_words == ["异议处理中"]
    assert DisclosureChange.objects.filter(disclosure=item, event="changed").count() == 1
    assert (case.due_on, case.department) == (date(2026, 11, 26), item.source_department)


@pytest.mark.parametrize("state", [state for state in State if state not in (State.APPEALED,)])
def test_the_mark_stands_as_long_as_the_objection_does(state):
    case = case_in(state)
    assert shown(case).marks == ([] if state in OBJECTION.closed or state == State.LODGED else ["objection"])


def test_of_two_objections_to_one_item_the_mark_goes_with_the_last():
    first = filed()
    second = filed(shown(first), claimed="名称也不对。")
    take(first, "retract")
    assert shown(first).marks == ["objection"]
    take(second, "retract")
    assert shown(first).marks == []


def test_who_is_spoken_of_objects_and_nobody_else_does():
    item = PublishedFactory()
    with pytest.raises(Forbidden):
        filed(item, by=ActiveFactory())
    with pytest.raises(Forbidden):
        filed(item, by=ReviewerFactory(department=item.source_department))
    assert filed(item, by=WindowClerkFactory()).drafted_by is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [({"field": "没有"}, "field"), ({"claimed": " "}, "claimed"), ({"grounds": ""}, "grounds"),
     ({"claimed": "身份证号11010519491231002X"}, "claimed")],
)  # fmt: skip
def test_an_objection_that_says_nothing_is_refused_at_its_field(given, field):
    with pytest.raises(Refused) as refused:
        filed(**given)
    assert field in {finding.field for finding in refused.value.findings}
    assert not Case.objects.exists()


def test_what_is_not_public_is_not_objected_to():
    with pytest.raises(Refused) as refused:
        filed(WithdrawnFactory(), field="x")
    assert refused.value.code == "objection.not-public"


@pytest.mark.parametrize(("claimed", "same"), [("决定书写的是 另一日期。", True), ("决定书写的是第三个日期。", False)])
def test_the_same_facts_are_told_the_number_of_the_first(claimed, same):
    case = filed()
    if not same:
        assert filed(shown(case), claimed=claimed).number != case.number
        return
    with pytest.raises(Conflict, match=case.number):
        filed(shown(case), claimed=claimed)


@pytest.mark.parametrize(("evidence", "taken"), [([PDF], False), ([], False), ([OTHER], True), ([PDF, OTHER], True)])
def test_after_an_answer_the_same_facts_need_new_evidence(evidence, taken):
    case = case_in("decided")
    if taken:
        assert filed(shown(case), evidence=evidence).state == "filed"
        return
    with pytest.raises(Conflict, match=case.number):
        filed(shown(case), evidence=evidence)


def test_papers_are_asked_for_once_and_their_time_is_not_counted(clock):
    case = filed()
    clock(TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        take(case, "ask", papers="请补交身份证11010519491231002X的复印件。")
    case = take(case, "ask")
    assert case.paused
    clock(date(2026, 12, 1))
    case = take(case, "supply")
    assert (case.paused, case.due_on) == (False, date(2026, 12, 3))
    with pytest.raises(Conflict) as again:
        take(case, "ask")
    assert again.value.code == "objection.asked"


def test_every_stage_has_its_days_and_none_passes_the_hard_limit(clock):
    case = filed()
    days = [("accept", date(2026, 11, 26), date(2026, 11, 27)), ("forward", date(2026, 11, 27), date(2026, 12, 4))]
    for verb, on, due in days:
        clock(on)
        case = take(case, verb)
        assert case.due_on == due, verb
    clock(date(2026, 12, 14))
    case = take(case, "answer")
    assert case.due_on == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("on", "fine"), [(date(2026, 12, 3), True), (date(2026, 12, 4), True), (date(2026, 12, 7), False)]
)
def test_the_source_gets_longer_only_before_its_last_day_has_passed(clock, on, fine):
    case = filed()
    clock(date(2026, 11, 26))
    case = take(case, "accept")
    clock(date(2026, 11, 27))
    case = take(case, "forward")
    clock(on)
    if not fine:
        with pytest.raises(Refused):
            take(case, "extend")
        return
    case = take(case, "extend")
    assert (case.due_on, case.own.is_extended) == (date(2026, 12, 18), True)
    with pytest.raises(Refused):
        take(case, "extend")


def forwarded(clock, **more) -> Case:
    case = filed(**more)
    clock(date(2026, 11, 26))
    case = take(case, "accept")
    clock(date(2026, 11, 27))
    return take(case, "forward")


@pytest.mark.parametrize(("on", "told"), [(date(2026, 12, 4), 0), (date(2026, 12, 5), 1)])
def test_a_silent_source_is_named_from_the_day_after_its_last_day(clock, on, told):
    case = forwarded(clock)
    assert actions.tell_silent(on) == told
    assert ("unverified" in shown(case).marks) == bool(told)
    assert shown(case).state == "published"
    assert actions.tell_silent(on) == 0


def test_where_the_rule_of_a_kind_says_so_the_item_is_hidden_until_the_source_speaks(clock):
    SuppressionRule.objects.create(kind="penalty", suppress=True, basis="示例", valid_from=date(2026, 1, 1))
    case = forwarded(clock)
    assert actions.tell_silent(date(2026, 12, 5)) == 1
    assert (shown(case).state, shown(case).ended_why) == ("suspended", actions.verifying.SILENT)
    assert by_public_id(shown(case).public_id, date(2026, 12, 5)) is None
    clock(date(2026, 12, 7))
    take(case, "answer")
    assert (shown(case).state, shown(case).marks) == ("published", ["objection"])


def test_who_accepts_or_verifies_does_not_answer_and_a_third_person_settles():
    office = CreditOfficeFactory()
    case = take(take(filed(), "accept", by=office), "forward")
    case = take(case, "answer")
    with pytest.raises(Forbidden) as refused:
        take(case, "decide", by=office)
    assert refused.value.code == "objection.two_people"
    second = CreditOfficeFactory()
    case = take(take(case, "decide", by=second), "appeal")
    for person in (office, second):
        with pytest.raises(Forbidden):
            take(case, "settle", by=person)
    assert take(case, "settle").state == "settled"


@pytest.mark.parametrize(
    ("column", "like"),
    [("answered_to_by", "accepted_by"), ("settled_by", "answered_to_by"), ("settled_by", "accepted_by")],
)
def test_the_database_holds_the_second_and_the_third_person(column, like):
    own = case_in("settled").own
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=own.pk).update(**{column: getattr(own, like)})


def test_who_took_it_in_at_the_window_does_not_answer_it():
    office = CreditOfficeFactory()
    case = filed(by=office)
    for verb in ("accept", "forward", "answer"):
        case = take(case, verb)
    with pytest.raises(Forbidden) as refused:
        take(case, "decide", by=office)
    assert refused.value.code == "objection.two_people"


def test_corrected_shows_what_the_record_says_now_and_only_once_the_source_has_corrected_it():
    case = case_in("forwarded")
    case = take(case, "answer", finding=Verified.WRONG, text="文号录入有误。")
    with pytest.raises(Refused) as refused:
        take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。")
    assert "objection.uncorrected" in {finding.rule for finding in refused.value.findings}
    item = shown(case)
    item.record.content |= {"CF_NR": "责令停产停业一个月。"}
    item.record.version += 1
    item.record.save(update_fields=["content", "version"])
    Disclosure.objects.filter(pk=item.pk).update(needs_correction=True, changed_by=ClerkFactory())
    case = take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。")
    item = shown(case)
    assert (item.corrected_on, item.needs_correction, item.marks) == (TODAY, False, [])
    assert "一个月" in item.shown["CF_NR"]


def test_withdrawn_leaves_the_public_page_with_its_note():
    case = case_in("answered")
    with pytest.raises(Refused):
        take(case, "decide", outcome=Outcome.WITHDRAWN, answer="不是本主体。")
    take(case, "decide", outcome=Outcome.WITHDRAWN, answer="不是本主体。", public_note="信息归集有误，已撤回。")
    assert (shown(case).state, shown(case).public_note) == ("withdrawn", "信息归集有误，已撤回。")


def test_unclear_leaves_both_sides_word_beside_each_other():
    case = case_in("answered")
    take(case, "decide", outcome=Outcome.UNCLEAR, answer="无法核实。", public_note="主体称日期有误，未能核实。")
    assert by_public_id(shown(case).public_id, TODAY).mark_words == ["未能核实，双方说法并存"]


def test_what_the_source_found_wrong_is_not_upheld():
    case = take(case_in("forwarded"), "answer", finding=Verified.WRONG, text="有误。")
    with pytest.raises(Refused):
        take(case, "decide")


@pytest.mark.parametrize("ended", [0, 1])
def test_a_period_that_is_over_is_stopped_and_one_that_runs_is_not(clock, ended):
    item = PublishedFactory(ends_on=TODAY - timedelta(days=ended))
    case = filed(item, about=About.PERIOD, field="", claimed="应当已经届满。")
    for verb in ("accept", "forward", "answer"):
        case = take(case, verb)
    if not ended:
        with pytest.raises(Refused):
            take(case, "decide", outcome=Outcome.STOPPED, answer="已届满。")
        return
    take(case, "decide", outcome=Outcome.STOPPED, answer="已届满。")
    assert shown(case).state == "ended"


@pytest.mark.parametrize(("days", "fine"), [(0, True), (1, False)])
def test_an_appeal_is_possible_through_its_last_day(clock, days, fine):
    case = case_in("decided")
    clock(case.own.appeal_until + timedelta(days=days))
    if fine:
        assert take(case, "appeal").state == "appealed"
    else:
        with pytest.raises(Refused):
            take(case, "appeal")


def test_who_objected_is_told_every_step_in_words():
    case = case_in("settled")
    told = list(Notice.objects.filter(case=case, subject__isnull=False).order_by("pk").values_list("kind", flat=True))
    assert told == ["accepted", "forwarded", "decided", "appealed", "settled"]


def test_an_effect_that_is_refused_leaves_nothing_half_done(monkeypatch):
    case = case_in("answered")
    before = Case.objects.values().get(pk=case.pk), AuditEntry.objects.count(), shown(case).marks

    def refuse(*args, **kwargs):
        raise Refused("disclosure.refused", "不能撤回。")

    monkeypatch.setattr("objections.actions.effects.withdraw", refuse)
    with pytest.raises(Refused):
        take(case, "decide", outcome=Outcome.WITHDRAWN, answer="不是本主体。", public_note="已撤回。")
    assert before == (Case.objects.values().get(pk=case.pk), AuditEntry.objects.count(), shown(case).marks)


@pytest.mark.django_db(transaction=True)
@pytest.mark.empties
@pytest.mark.parametrize("verb", ["decide", "file"])
def test_of_many_at_once_one_has_an_effect(verb, settings, tmp_path, clock):
    clock(TODAY)
    settings.MEDIA_ROOT = tmp_path
    base_data.load()
    item = PublishedFactory()
    case = None
    if verb == "decide":
        case = filed(item)
        for each in ("accept", "forward", "answer"):
            case = take(case, each)
    account, people = company(item), [CreditOfficeFactory() for _ in range(4)]
    gate, ends = Barrier(4), []

    def run(person) -> None:
        gate.wait()
        try:
            ends.append(take(case, verb, by=person) if case else filed(item, by=account))
        except (Conflict, IntegrityError) as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(end, Case) for end in ends) == 1
    assert Case.objects.count() == 1


def test_moves_name_every_state():
    assert {state for state, _ in MOVES} | set(MOVES.values()) == set(State)
