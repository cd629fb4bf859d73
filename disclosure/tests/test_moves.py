"""Every pair of state and verb is allowed or refused exactly as MOVES says."""

from datetime import date

import pytest

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden
from disclosure import actions
from disclosure.models import Disclosure
from disclosure.rules.states import LABELS, MOVES, State, next_state
from disclosure.tests.factories import BY_STATE, TODAY, annulled, held

pytestmark = pytest.mark.django_db


def clerk(row):
    return ClerkFactory(department=row.source_department)


def reviewer(row):
    return ReviewerFactory(department=row.source_department)


def office(row):
    return CreditOfficeFactory()


def system(row):
    return SYSTEM


def _expired(row):
    Disclosure.objects.filter(pk=row.pk).update(ends_on=date(2026, 11, 22), waits_for_performance=False)


VERBS = {
    "submit": (clerk, lambda row, by: actions.submit(row, by=by, on=TODAY)),
    "return": (reviewer, lambda row, by: actions.return_(row, by=by, reason="请补充依据")),
    "approve": (reviewer, lambda row, by: actions.approve(row, by=by, on=TODAY)),
    "publish": (reviewer, lambda row, by: actions.publish(row, by=by, on=TODAY)),
    "confirm": (reviewer, lambda row, by: actions.confirm(row, by=by, on=TODAY)),
    "deny": (reviewer, lambda row, by: actions.deny(row, by=by, reason="不属于法定不公示情形")),
    "exempt": (reviewer, lambda row, by: actions.exempt(row, by=by, reason="涉及国家秘密")),
    "reopen": (reviewer, lambda row, by: actions.reopen(row, by=by, reason="认定有误")),
    "correct": (reviewer, lambda row, by: actions.correct(row, by=by, reason="金额有误", on=TODAY)),
    "suspend": (reviewer, lambda row, by: actions.suspend(row, by=by, reason="异议核查")),
    "resume": (reviewer, lambda row, by: actions.resume(row, by=by, reason="异议不成立")),
    "withdraw": (reviewer, lambda row, by: actions.withdraw(row, by=by, reason="复议撤销", public_note="决定已撤销")),
    "end": (system, lambda row, by: actions.end(row, by=by, on=TODAY)),
    "repair": (office, lambda row, by: actions.repair(row, by=by, reason="修复决定", on=TODAY)),
    "restore": (office, lambda row, by: actions.restore(row, by=by, reason="错修", on=TODAY)),
}
LEDGER_ONLY = {"revive", "reveal", "set_aside", "hold", "annul"}
"""Moves that only the ledger's own verbs make, by way of the follower."""


def row_in(state, verb):
    """An item in a state; for the verbs of a second person one of which somebody has said something."""
    row = BY_STATE[state]()
    if verb not in ("confirm", "deny") or state not in (State.SUBMITTED, State.SUSPENDED):
        return row
    return held(row) if state is State.SUBMITTED else annulled(row)


def test_every_verb_of_the_table_has_an_action():
    assert {verb for _, verb in MOVES} == set(VERBS) | LEDGER_ONLY


@pytest.mark.parametrize("verb", sorted(VERBS))
@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_a_verb_moves_exactly_as_the_table_says(state, verb):
    row = row_in(state, verb)
    who, act = VERBS[verb]
    by = who(row)
    if verb == "end":
        _expired(row)
    before = Disclosure.objects.get(pk=row.pk)
    if (state, verb) in MOVES:
        act(row, by)
        after = Disclosure.objects.get(pk=row.pk)
        assert after.state == MOVES[state, verb]
        assert after.version == before.version + 1
        assert AuditEntry.objects.filter(verb=f"disclosure.{verb}", object_id=str(row.pk)).count() == 1
    else:
        with pytest.raises(Conflict):
            act(row, by)
        after = Disclosure.objects.get(pk=row.pk)
        assert (after.state, after.version) == (before.state, before.version)
        assert not AuditEntry.objects.filter(verb=f"disclosure.{verb}").exists()


@pytest.mark.parametrize(("state", "verb"), sorted((s, v) for s, v in MOVES if v in VERBS))
def test_who_has_no_right_changes_nothing(state, verb):
    row = row_in(state, verb)
    stranger = ReviewerFactory(roles=["clerk", "reviewer"])
    with pytest.raises(Forbidden):
        VERBS[verb][1](row, stranger)
    assert Disclosure.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize(("state", "verb"), sorted((s, v) for s, v in MOVES if v in VERBS))
def test_when_the_audit_fails_nothing_happened(state, verb, monkeypatch):
    row = row_in(state, verb)
    who, act = VERBS[verb]
    if verb == "end":
        _expired(row)
    by = who(row)

    def broken(*args, **kwargs):
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("disclosure.actions.anchoring.audit.record", broken)
    with pytest.raises(RuntimeError):
        act(row, by)
    assert Disclosure.objects.get(pk=row.pk).state == state
    assert not row.changes.exists()


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_an_old_page_is_told(verb):
    state = next(state for state, name in MOVES if name == verb)
    row = BY_STATE[state]()
    if verb in ("end", "repair", "restore"):
        return_value = next_state(state, verb)
        assert return_value in LABELS
        return
    action = {"return": actions.return_}.get(verb) or getattr(actions, verb)
    more = {
        "return": {"reason": "x"},
        "exempt": {"reason": "x"},
        "deny": {"reason": "x"},
        "reopen": {"reason": "x"},
        "correct": {"reason": "x", "on": TODAY},
        "suspend": {"reason": "x"},
        "resume": {"reason": "x"},
        "withdraw": {"reason": "x", "public_note": "y"},
    }.get(verb, {"on": TODAY})
    with pytest.raises(Conflict, match="已被更新"):
        action(row, by=VERBS[verb][0](row), version=row.version + 1, **more)
