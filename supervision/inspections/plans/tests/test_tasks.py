"""A task from its draft to its end: moves, two people, the frozen list, the draw, who goes, who steps in."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from casework.actions import draws
from casework.models import Draw
from casework.queries.draws import holds, published
from casework.rules.drawing import list_digest
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import SoleTraderFactory, SubjectFactory
from supervision.inspections.items.rules.shares import Way
from supervision.inspections.libraries import actions as libraries
from supervision.inspections.plans import actions
from supervision.inspections.plans.actions.steps import secret_of
from supervision.inspections.plans.models import Assignment, InspectionTask, TaskExclusion, TaskObject, TaskStratum
from supervision.inspections.plans.queries.freezing import visits_of
from supervision.inspections.plans.rules.slips import salt_of, slip_of
from supervision.inspections.plans.rules.states import OBJECT_MOVES, PLAN_MOVES, TASK_LABELS, TASK_MOVES
from supervision.inspections.tests.factories import (
    NAMED,
    NOW,
    TODAY,
    VALUE,
    FrequencyCapFactory,
    InspectorFactory,
    ItemEntryFactory,
    ShareRowFactory,
    TagFactory,
    bureau,
    task_in,
)
from tests.diagrams import moves_of, readme

README = readme("supervision/inspections/README.md")
PROGRAM = Path(settings.BASE_DIR) / "docs" / "recompute_draw.py"
DRAWS = {"draw", "void"}
"""Verbs that the kit's draw takes with it."""


def take(task, verb, at):
    """One verb of a task by somebody who may."""
    match verb:
        case "edit":
            return actions.edit(task, at.given(), by=at.clerk, on=TODAY)
        case "freeze":
            return actions.freeze(task, by=at.clerk, now=NOW)
        case "commit":
            return actions.commit(task, named=NAMED, by=at.second, now=NOW)
        case "cancel":
            return actions.cancel(task, reason="重复立项。", by=at.clerk)
        case "begin":
            return actions.begin(task, by=at.clerk)
        case "finish":
            return actions.finish(task, by=at.clerk, on=TODAY)
        case "redraw":
            actions.redraw(task, reason="抽取范围遗漏。", by=at.second, on=TODAY)
            task.refresh_from_db()
            return task
    raise AssertionError(verb)


def test_the_diagrams_tell_the_moves():
    told = moves_of(README)
    plan = {(state.value, verb, end.value) for (state, verb), end in PLAN_MOVES.items()}
    task = {(state.value, verb, end.value) for (state, verb), end in TASK_MOVES.items()}
    assert told == plan | task


def test_every_state_of_an_object_is_reached():
    assert set(OBJECT_MOVES.values()) == {state for state, _ in OBJECT_MOVES} - {"assigned"} | {
        "closed",
        "skipped",
    }


@pytest.mark.parametrize("state", [each.value for each in TASK_LABELS])
def test_every_verb_is_a_move_or_refused(at, state):
    task = task_in(state, at)
    assert task.state == state
    before = InspectionTask.objects.values().get(pk=task.pk)
    verbs = {verb for _, verb in TASK_MOVES} - DRAWS
    for verb in sorted(
        verbs - {verb for of, verb in TASK_MOVES if of == state} - ({"redraw"} if state == "void" else set())
    ):
        with pytest.raises(Conflict):
            take(task, verb, at)
        assert InspectionTask.objects.values().get(pk=task.pk) == before, verb


def test_moves_lead_where_the_table_says(at):
    for (state, verb), end in TASK_MOVES.items():
        if verb in DRAWS or verb == "finish":
            continue
        with transaction.atomic():
            assert take(task_in(state.value, at), verb, at).state == end, (state, verb)
            transaction.set_rollback(True)


def test_who_froze_does_not_announce_by_constraint_too(at):
    task = at.frozen()
    with pytest.raises(Forbidden) as refused:
        actions.commit(task, named=NAMED, by=at.clerk, now=NOW)
    assert refused.value.code == "task.two_people"
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionTask.objects.filter(pk=task.pk).update(committed_by=at.clerk)


def test_others_may_not(at):
    stranger = ReviewerFactory(department=DepartmentFactory())
    with pytest.raises(Forbidden):
        actions.freeze(at.task(), by=stranger, now=NOW)
    with pytest.raises(Forbidden):
        actions.redraw(at.drawn(), reason="x", by=at.clerk, on=TODAY)


def test_the_frozen_list_is_that_of_the_day_in_any_order_and_case(at):
    task = at.frozen()
    codes = [subject.code for subject in at.subjects]
    assert task.list_digest == list_digest([code.lower() for code in reversed(codes)] + codes[:1])
    (stratum,) = task.strata.all()
    assert ((stratum.count, stratum.size), task.size) == ((10, 3), 3)
    assert "不低于30%" in stratum.ground
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        TaskStratum.objects.filter(task=task).update(size=9)


def test_who_is_left_out_is_listed_with_the_reason(at):
    gone, moved = SubjectFactory(operating_status="注销"), SubjectFactory(operating_status="已迁出")
    task = at.frozen()
    assert {each.code: [pk for _, pk in each.pairs()] for each in task.exclusions.all()} == {
        "deregistered": [gone.pk],
        "moved": [moved.pk],
    }
    assert (task.population, task.excluded, len(task.exclusion_digest)) == (10, 2, 64)


def test_criteria_narrow_the_list_and_kinds_of_the_items_do(at):
    SoleTraderFactory(operating_status="存续")
    tag = TagFactory()
    libraries.mark(tag, at.subjects[:4], department=at.department, by=at.clerk, on=TODAY)
    assert at.frozen(criteria={"tag": tag.code}).population == 4
    assert at.frozen(criteria={"kinds": ["legal"]}).population == 10
    with pytest.raises(Refused, match="一户也没有"):
        at.frozen(criteria={"districts": ["239999"]})


def test_caps_take_out_whom_an_authority_or_all_together_have_had(at):
    FrequencyCapFactory(department=at.department, per_year=1)
    first = at.drawn()
    had = set(first.objects_drawn.values_list("subject_id", flat=True))
    other = ItemEntryFactory(departments=[at.department])
    second = at.frozen(items=[other.item])
    assert {pk for _, pk in second.exclusions.get(code="cap").pairs()} == had
    assert second.population == 7


def test_the_same_item_is_inspected_once_a_year_and_a_joint_visit_counts_once(at):
    partner = bureau(subjects=0)
    task = at.drawn(partners={partner.department: [partner.entry.item]})
    one = task.objects_drawn.first()
    assert visits_of(one.subject, 2026) == {"": 1, at.department.name: 1, partner.department.name: 1}
    again = at.frozen()
    assert again.exclusions.get(code="same_item").count == 3


def test_an_item_that_is_on_no_list_is_not_inspected(at):
    strange = ItemEntryFactory(departments=[DepartmentFactory()])
    with pytest.raises(Refused) as refused:
        at.task(items=[strange.item])
    assert [each.field for each in refused.value.findings] == ["items"]
    task = at.task()
    at.entry.departments.set([])
    with pytest.raises(Refused, match="不得检查"):
        actions.freeze(task, by=at.clerk, now=NOW)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": " "}, ["title"]),
        ({"reason": ""}, ["reason"]),
        ({"ends_on": date(2026, 11, 1)}, ["ends_on"]),
        ({"capacity": 3}, ["capacity_reason"]),
        ({"items": []}, ["items"]),
    ],
)
def test_what_stands_against_a_draft_is_told_at_its_field(at, change, fields):
    with pytest.raises(Refused) as refused:
        at.task(**change)
    assert [each.field for each in refused.value.findings] == fields


def test_an_empty_band_asks_which_end_rules(at):
    at.entry.share_rule, at.entry.share_low, at.entry.share_high = "band", "31%", "39%"
    at.entry.save()
    with pytest.raises(Refused, match="没有整数"):
        at.frozen()
    assert at.frozen(band_upper=True).size == 3


def test_more_than_can_be_done_is_cut_with_the_reason_in_public(at):
    task = at.frozen(capacity=2, capacity_reason="人员不足。", capacity_way=Way.STRICT.value)
    assert task.size == 2
    assert "人员不足" in task.strata.get().ground


def test_before_the_commitment_it_is_held_that_two_can_go_everywhere(at):
    task = at.frozen()
    for each in at.inspectors[1:]:
        libraries.suspend(each, reason="离岗培训。", by=at.clerk)
    with pytest.raises(Refused) as refused:
        actions.commit(task, named=NAMED, by=at.second, now=NOW)
    assert [each.field for each in refused.value.findings] == ["load_cap"]
    libraries.resume(at.inspectors[1], by=at.clerk)
    assert actions.commit(task, named=NAMED, by=at.second, now=NOW).state == "committed"


def test_a_card_that_does_not_last_through_the_task_is_not_drawn(at):
    late = InspectorFactory(department=at.department, card_until=date(2026, 12, 30))
    task = at.drawn()
    assert not Assignment.objects.filter(inspector=late).exists()
    assert Assignment.objects.filter(object__task=task).count() == 6


def test_the_draw_is_that_of_the_kit_and_its_list_names_nobody(at, tmp_path):
    task = at.drawn()
    assert (task.state, task.draw.state, holds(task.draw)) == ("drawn", "drawn", True)
    file = json.dumps(published(task.draw), ensure_ascii=False)
    assert not any(subject.code in file or subject.name in file for subject in at.subjects)
    path = tmp_path / "draw.json"
    path.write_text(file, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", PROGRAM, path], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout.split()[-1]) == (0, "一致")
    for each in task.objects_drawn.all():
        assert slip_of(salt_of(secret_of(task), each.subject.code), each.subject.code) == each.slip
        assert each.slip in task.draw.drawn_ids()
    assert list(task.objects_drawn.order_by("place").values_list("ticket", flat=True)) == sorted(
        task.objects_drawn.values_list("ticket", flat=True)
    )


def test_two_go_to_each_and_whom_somebody_avoids_is_visited_by_others(at):
    avoiding = at.inspectors[0]
    for subject in at.subjects:
        libraries.recuse(avoiding, subject, ground="relative", source="own", by=at.clerk, on=TODAY)
    task = at.drawn()
    for each in task.objects_drawn.all():
        assert each.assignments.count() == 2
        assert avoiding.pk not in each.assignments.values_list("inspector", flat=True)


def test_one_has_the_speciality_that_the_item_asks_for(at):
    at.entry.speciality = "食品"
    at.entry.save()
    expert = at.inspectors[2]
    libraries.save_inspector(at.department, {"specialities": ["食品"]}, by=at.clerk, inspector=expert)
    task = actions.commit(at.frozen(), named=NAMED, by=at.second, load_cap=3, now=NOW)
    task = at.confirmed(at.entered(task))
    assert all(each.assignments.filter(inspector=expert).exists() for each in task.objects_drawn.all())


def test_a_joint_task_draws_the_inspectors_of_each_department(at):
    partner = bureau(subjects=0)
    task = at.drawn(partners={partner.department: [partner.entry.item]})
    each = task.objects_drawn.first()
    assert sorted(each.assignments.values_list("part__department", flat=True)) == sorted(
        [at.department.pk] * 2 + [partner.department.pk] * 2
    )


def test_samples_of_several_items_overlap(at):
    more = ItemEntryFactory(departments=[at.department], share_rule="least", share_low="50%")
    task = at.drawn(items=[at.entry.item, more.item])
    assert task.size == 5
    counts = [each.items.count() for each in task.objects_drawn.order_by("place")]
    assert counts == [2, 2, 2, 1, 1]


def test_who_falls_out_is_replaced_by_the_next_ticket_and_nobody_else_moves(at):
    task = at.drawn()
    before = list(task.objects_drawn.order_by("place").values_list("slip", flat=True))
    second = task.objects_drawn.get(place=2)
    with pytest.raises(Refused) as refused:
        actions.skip(second, reason="", note="", by=at.clerk, on=TODAY)
    assert [each.field for each in refused.value.findings] == ["reason", "note"]
    skipped = actions.skip(second, reason="moved", note="登记系统截图。", by=at.clerk, on=TODAY)
    substitute = skipped.substitute
    assert (substitute.place, substitute.assignments.count()) == (4, 2)
    assert list(task.objects_drawn.order_by("place").values_list("slip", flat=True)) == [*before, substitute.slip]
    assert not second.assignments.current().exists()


def test_nobody_steps_in_where_the_task_did_not_say_so(at):
    task = at.drawn(substitutes=False)
    actions.skip(task.objects_drawn.first(), reason="closed", note="现场照片。", by=at.clerk, on=TODAY)
    assert task.objects_drawn.count() == 3


def test_more_are_drawn_from_the_same_tickets_and_never_fewer(at):
    task = at.drawn()
    before = list(task.objects_drawn.values_list("slip", flat=True))
    for size in (3, 2, 11):
        with pytest.raises(Refused, match="只能增加"):
            actions.enlarge(task, stratum="usual", size=size, reason="扩大范围。", by=at.second, on=TODAY)
    more = actions.enlarge(task, stratum="usual", size=5, reason="扩大范围。", by=at.second, on=TODAY)
    assert [each.place for each in more] == [4, 5]
    assert list(task.objects_drawn.order_by("place").values_list("slip", flat=True))[:3] == before
    assert all(each.items.exists() and each.assignments.count() == 2 for each in more)
    actions.skip(more[0], reason="moved", note="登记系统截图。", by=at.clerk, on=TODAY)
    with pytest.raises(Refused, match="另有替补1户"):
        actions.enlarge(task, stratum="usual", size=10, reason="扩大范围。", by=at.second, on=TODAY)
    actions.enlarge(task, stratum="usual", size=9, reason="扩大范围。", by=at.second, on=TODAY)
    task.refresh_from_db()
    assert (task.size, task.objects_drawn.count()) == (9, 10), "who stepped in comes out of the same list"


def test_an_inspector_whose_card_ends_before_the_visit_is_replaced_by_the_next_in_rank(at):
    task = at.drawn()
    drawn = task.objects_drawn.first()
    old = drawn.assignments.order_by("rank").first()
    old.inspector.card_until = date(2026, 12, 9)
    old.inspector.save()
    new = actions.replace_inspector(
        drawn, old, reason="执法证到期。", by=at.clerk, on=TODAY, visit_on=date(2026, 12, 10)
    )
    assert new.inspector_id not in {each.inspector_id for each in drawn.assignments.exclude(pk=new.pk)}
    old.refresh_from_db()
    assert (old.ended_on, old.ended_reason) == (TODAY, "执法证到期。")
    with pytest.raises(Conflict, match="已经更换"):
        actions.replace_inspector(drawn, old, reason="x", by=at.clerk, on=TODAY, visit_on=TODAY)


def test_a_draw_that_nobody_revealed_is_void_and_so_is_its_task(at):
    task = at.committed()
    assert draws.void_unrevealed(task.draw.reveal_by) == 0
    assert draws.void_unrevealed(task.draw.reveal_by + timedelta(days=1)) == 1
    task.refresh_from_db()
    assert (task.state, task.ended_reason) == ("void", "逾期没有揭示。")
    assert not task.objects_drawn.exists()


@pytest.mark.parametrize("state", ["drawn", "void"])
def test_a_task_is_drawn_anew_once_with_a_reason_and_the_old_one_stays(at, state):
    old = task_in(state, at)
    with pytest.raises(Refused):
        actions.redraw(old, reason=" ", by=at.second, on=TODAY)
    new = actions.redraw(old, reason="抽取范围遗漏。", by=at.second, on=TODAY)
    old.refresh_from_db()
    assert (new.redraw_of, new.state, old.state) == (old, "draft", {"drawn": "redrawn", "void": "void"}[state])
    assert InspectionTask.objects.public().filter(pk=old.pk).exists()
    with pytest.raises(Conflict):
        actions.redraw(old, reason="再来。", by=at.second, on=TODAY)
    # What was drawn anew counts against no cap.
    assert actions.freeze(new, by=at.clerk, now=NOW).population == 10


def test_a_task_ends_when_nothing_is_open(at):
    task = actions.begin(at.drawn(), by=at.clerk)
    with pytest.raises(Refused, match="还有3户"):
        actions.finish(task, by=at.clerk, on=TODAY)


@pytest.mark.parametrize(
    ("verb", "breaks"),
    [
        ("freeze", "supervision.inspections.plans.actions.freezing.trail"),
        ("commit", "supervision.inspections.plans.actions.committing.trail"),
        ("confirm", "supervision.inspections.plans.actions.committing.assign_all"),
    ],
)
def test_a_step_that_breaks_at_its_end_leaves_nothing(at, monkeypatch, verb, breaks):
    """What a kill does in the middle: the transaction is gone, and the step can be taken again."""
    task = {"freeze": at.task, "commit": at.frozen, "confirm": lambda: at.entered(at.committed())}[verb]()
    step = {
        "freeze": lambda: actions.freeze(task, by=at.clerk, now=NOW),
        "commit": lambda: actions.commit(task, named=NAMED, by=at.second, now=NOW),
        "confirm": lambda: draws.confirm(task.draw, value=VALUE, by=at.second, now=NAMED.at),
    }[verb]
    rows = (InspectionTask, TaskStratum, TaskExclusion, TaskObject, Draw, AuditEntry)
    before = [list(model._default_manager.order_by("pk").values()) for model in rows]

    class Killed(BaseException):
        pass

    def killed(*given, **more):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(breaks, killed)
        with pytest.raises(Killed), transaction.atomic():
            step()
    assert [list(model._default_manager.order_by("pk").values()) for model in rows] == before
    step()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_draws(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ShareRowFactory()
    at = bureau()
    task = at.entered(at.committed())
    people, gate, ends = [at.second, ClerkFactory(department=at.department)], Barrier(2), []

    def run(by) -> None:
        gate.wait()
        try:
            draws.confirm(task.draw, value=VALUE, by=by, now=NAMED.at)
            ends.append("done")
        except Conflict:
            ends.append("told")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(ends), TaskObject.objects.count(), Assignment.objects.count()) == (["done", "told"], 3, 6)


def test_the_named_value_of_a_plan_is_one_that_nobody_knows(at):
    with pytest.raises(Refused):
        actions.commit(at.frozen(), named=replace(NAMED, at=NOW), by=at.second, now=NOW)
