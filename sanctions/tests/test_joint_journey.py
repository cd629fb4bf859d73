"""From an entry on a list to the last lifting: five departments, each for its part, in the transactions of the lists themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.models import Case
from commitments.tests.cases import at
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Refused
from sanctions import followers
from sanctions.joint import queries
from sanctions.joint.actions import lifting, pushing
from sanctions.joint.models import JointItem, JointTask
from sanctions.joint.rules import ACTION, LIFTING, TASK, Feedback
from sanctions.joint.tests.factories import measured, take
from sanctions.lists import actions
from sanctions.lists.actions import Ending
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.conftest import grounds, listing  # noqa: F401 - fixtures
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, enter, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]
LISTED = TODAY - timedelta(days=500)


@pytest.fixture
def five(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    departments = [DepartmentFactory() for _ in range(5)]
    for each in departments:
        measured(each)
    return departments


def entered(monkeypatch, on=LISTED):
    at(on, monkeypatch)
    return enter(SeriousListFactory(code="CS-01"), given=said(entered_on=on, document_number="示列决〔2025〕1号"))


def leaves(entry, way=Way.EARLY):
    unit = entry.record.source_department
    told = Ending(
        way=way,
        on=TODAY,
        document="示移决〔2026〕1号",
        why="已经改正。",
        asked_by=ClerkFactory(department=unit),
        public_note="列入决定已撤销。" if way in (Way.ANNULLED, Way.WRONG) else "",
        performed_on=TODAY - timedelta(days=60) if way is Way.EARLY else None,
    )
    return actions.end(entry, told, by=ReviewerFactory(department=unit))


def test_an_entry_is_a_task_in_five_departments_and_lifted_everywhere_when_it_ends(five, monkeypatch):
    entry = entered(monkeypatch)
    (action,) = Case.objects.of(ACTION)
    assert (action.department, action.subject) == (entry.record.source_department, entry.subject)
    pushing.push_pending(LISTED)
    cases = list(Case.objects.of(TASK).order_by("pk"))
    assert {case.department for case in cases} == set(five)
    for case in cases:
        for verb in ("accept", "settle", "report", "confirm"):
            case = take(case, verb, **({} if verb != "settle" else {"given": _done(case, LISTED)}), on=LISTED)
    assert set(JointItem.objects.values_list("state", flat=True)) == {"taken"}
    at(TODAY, monkeypatch)
    leaves(entry)
    liftings = list(Case.objects.of(LIFTING))
    assert {case.department for case in liftings} == set(five)
    assert sum(each.liftings for each in queries.board(TODAY)) == 5
    for case in liftings:
        lifting.lift(case, note="已解除。", by=ReviewerFactory(department=case.department))
    assert set(JointItem.objects.values_list("state", "lifted_on")) == {("lifted", TODAY)}
    assert sum(each.open + each.liftings for each in queries.board(TODAY)) == 0


def _done(case, on):
    items = JointItem.objects.filter(task=case.pk)
    return {item.pk: Feedback(True, on, "示执〔2025〕1号") for item in items}


def test_an_entry_that_leaves_before_anybody_answered_cancels_the_tasks(five, monkeypatch):
    entry = entered(monkeypatch)
    pushing.push_pending(LISTED)
    at(TODAY, monkeypatch)
    leaves(entry)
    assert set(Case.objects.of(TASK).values_list("state", flat=True)) == {"cancelled"}
    assert not Case.objects.of(LIFTING).exists()


def test_an_entry_that_leaves_before_the_push_leaves_no_task(five, monkeypatch):
    entry = entered(monkeypatch)
    at(TODAY, monkeypatch)
    leaves(entry, Way.WRONG)
    assert pushing.push_pending(TODAY) == 1
    assert not JointTask.objects.exists()


def test_what_cannot_be_begun_is_not_entered(five, monkeypatch):
    at(LISTED, monkeypatch)

    class Refusing(followers.Follower):
        def entered(self, entries, *, on, by):
            raise Refused("test.no", "不行。")

    refusing = Refusing()
    followers.register(refusing)
    try:
        with pytest.raises(Refused):
            enter(SeriousListFactory(code="CS-01"), given=said(entered_on=LISTED))
    finally:
        followers.forget(refusing)
    assert not ListEntry.objects.exists()
    assert not Case.objects.of(ACTION).exists()


def test_an_entry_whose_term_is_over_is_lifted_by_the_sweep_of_lists(five, monkeypatch):
    entry = entered(monkeypatch)
    pushing.push_pending(LISTED)
    for case in Case.objects.of(TASK):
        for verb in ("accept", "settle", "report", "confirm"):
            case = take(case, verb, **({} if verb != "settle" else {"given": _done(case, LISTED)}), on=LISTED)
    after = entry.ends_on + timedelta(days=1)
    at(after, monkeypatch)
    assert actions.end_past_term(after, by=SYSTEM) == 1
    assert {case.lifting.way for case in Case.objects.of(LIFTING)} == {"term"}
