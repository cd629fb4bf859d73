"""A process killed with SIGKILL while it freezes, announces or draws: nothing half done is left, and the repeat comes to the same."""

from __future__ import annotations

import pytest

from casework.actions import draws
from casework.models import Draw
from casework.queries.draws import holds
from casework.rules import drawing
from casework.sealed_places import NONCE
from credit_platform import sealing
from credit_platform.audit.models import AuditEntry
from supervision.inspections.plans import actions
from supervision.inspections.plans.models import (
    Assignment,
    InspectionTask,
    TaskExclusion,
    TaskItem,
    TaskObject,
    TaskStratum,
)
from supervision.inspections.tests.factories import NAMED, NOW, VALUE, ShareRowFactory, bureau
from tests.faults.killed import kill_in

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = (InspectionTask, TaskItem, TaskStratum, TaskExclusion, Draw, TaskObject, Assignment, AuditEntry)
SUBJECTS, SHARE = 10, 3

BEGUN = """
from credit_platform.accounts.models import User
from supervision.inspections.plans.models import InspectionTask
task, by = InspectionTask.objects.get(pk=told[0]), User.objects.get(pk=told[1])
"""
# Each is held when all its rows are written and the transaction is open.
FREEZING = (
    BEGUN
    + """
from supervision.inspections.plans.actions import freezing
freezing.trail = held
freezing.freeze(task, by=by)
"""
)
ANNOUNCING = (
    BEGUN
    + """
from supervision.inspections.plans.actions import committing
from supervision.inspections.tests.factories import NAMED
committing.trail = held
committing.commit(task, named=NAMED, by=by)
"""
)
DRAWING = (
    BEGUN
    + """
from casework.actions import draws
from supervision.inspections.plans.actions import committing
committing.trail = held
draws.confirm(task.draw, value=told[2], by=by)
"""
)


@pytest.fixture
def at(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ShareRowFactory()
    return bureau(SUBJECTS)


def rows():
    return [list(model._default_manager.order_by("pk").values()) for model in ROWS]


def test_a_killed_freezing_leaves_a_draft_and_the_list_is_frozen_once(at, tmp_path):
    task = at.task()
    before = rows()
    kill_in(FREEZING, task.pk, at.clerk.pk, at=NOW.isoformat(), folder=tmp_path)
    assert rows() == before
    frozen = actions.freeze(task, by=at.clerk, now=NOW)
    assert frozen.list_digest == drawing.list_digest(each.code for each in at.subjects)
    assert (TaskStratum.objects.count(), frozen.population, frozen.size) == (1, SUBJECTS, SHARE)
    assert AuditEntry.objects.filter(verb="inspections.task.freeze").count() == 1


def test_a_killed_announcement_leaves_no_draw_and_the_list_is_announced_once(at, tmp_path):
    task = at.frozen()
    before = rows()
    kill_in(ANNOUNCING, task.pk, at.second.pk, at=NOW.isoformat(), folder=tmp_path)
    assert rows() == before
    draw = actions.commit(task, named=NAMED, by=at.second, now=NOW).draw
    assert (Draw.objects.get(), draw.again, draw.population) == (draw, 1, SUBJECTS)


def test_a_killed_draw_reveals_nothing_and_the_repeat_draws_what_was_bound_to_come(at, tmp_path):
    task = at.entered(at.committed())
    draw = Draw.objects.get()
    nonce = sealing.decrypt(bytes(draw.sealed_nonce), sealing.place(NONCE, draw.number)).decode()
    (part,) = draw.parts()
    bound = drawing.sample(part.ids, drawing.seed_of(nonce, draw.public_value, draw.list_digest), SHARE)
    before = rows()
    kill_in(DRAWING, task.pk, at.second.pk, VALUE, at=NAMED.at.isoformat(), folder=tmp_path)
    assert rows() == before
    assert Draw.objects.get().nonce == ""
    draws.confirm(draw, value=VALUE, by=at.second, now=NAMED.at)
    draw.refresh_from_db()
    assert list(TaskObject.objects.order_by("place").values_list("slip", flat=True)) == bound == draw.drawn_ids()
    assert holds(draw)
    assert Assignment.objects.count() == 2 * SHARE
