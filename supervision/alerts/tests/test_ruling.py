"""A rule: its states, two people before it speaks, versions, and the back-test that goes before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.tests.factories import ClerkFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.models import CreditRecord
from records.tests.factories import SubjectFactory
from supervision.alerts import base_data
from supervision.alerts.actions import backtesting, ruling
from supervision.alerts.models import AlertCase, AlertRule, Digest, Firing
from supervision.alerts.rules.ruling import BACKTEST_MOVES, RULE_MOVES, BacktestState, RuleState
from supervision.alerts.tests.factories import TODAY, office, penalty, rule
from tests.diagrams import moves_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("night")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PERIOD = {"first": date(2026, 1, 1), "last": date(2026, 11, 20)}


def replayed(row: AlertRule) -> AlertRule:
    """The rule, back-tested to the end."""
    test = backtesting.order(row, **PERIOD, by=office())
    assert backtesting.run(test.pk).state == "done"
    row.refresh_from_db()
    return row


def row_in(state: RuleState) -> AlertRule:
    row = rule("W01", state.value)
    if state in (RuleState.BACKTESTED, RuleState.SHADOW, RuleState.PAUSED):
        replayed(row)
    return row


def take(row: AlertRule, verb: str) -> AlertRule:
    if verb == "backtest":
        return replayed(row)
    more = {"why": "不再需要。"} if verb in ("pause", "retire") else {}
    return getattr(ruling, verb)(row, by=office(), **more)


def test_the_diagram_tells_the_moves():
    states = set(RuleState)
    drawn = {move for move in moves_of(README) if move[0] in states and move[2] in states}
    assert drawn == {(state, verb, end) for (state, verb), end in RULE_MOVES.items()}


@pytest.mark.parametrize("state", list(RuleState))
def test_every_step_of_a_rule_is_a_move_or_refused(state):
    verbs = sorted({verb for _, verb in RULE_MOVES})
    for verb in verbs:
        with transaction.atomic():
            row = row_in(state)
            if (state, verb) in RULE_MOVES:
                assert take(row, verb).state == RULE_MOVES[state, verb], verb
            else:
                with pytest.raises(Conflict):
                    take(row, verb)
                row.refresh_from_db()
                assert row.state == state, verb
            transaction.set_rollback(True)


def test_who_wrote_or_proposed_a_rule_does_not_let_it_speak():
    writer, second = office(), office()
    row = replayed(rule("W01", "draft"))
    ruling.shadow(row, by=writer)
    with pytest.raises(Forbidden) as refused:
        ruling.activate(row, by=writer)
    assert refused.value.code == "alert_rule.two_people"
    row = ruling.activate(row, by=second, on=TODAY)
    assert (row.state, row.review_by) == ("active", date(2027, 11, 23))
    with pytest.raises(IntegrityError, match="activated_by_a_second_person"), transaction.atomic():
        AlertRule.objects.filter(pk=row.pk).update(activated_by=writer)


def test_only_the_credit_office_touches_a_rule():
    row, clerk = rule("W01", "draft"), ClerkFactory()
    for act in (
        lambda: ruling.revise(row, given={}, by=clerk),
        lambda: ruling.shadow(row, by=clerk),
        lambda: ruling.activate(row, by=clerk),
        lambda: backtesting.order(row, **PERIOD, by=clerk),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_version_that_has_spoken_is_never_changed():
    spoken = rule("W01", threshold=2, clear_threshold=1)
    row = ruling.revise(spoken, given={"threshold": 3}, by=office())
    spoken.refresh_from_db()
    assert (spoken.threshold, spoken.state) == (2, "active")
    assert (row.version, row.threshold, row.state, row.code) == (2, 3, "draft", "W01")
    again = ruling.revise(row, given={"threshold": 4}, by=office())
    assert (again.pk, again.threshold) == (row.pk, 4), "a draft is written over"
    replayed(again)
    ruling.shadow(again, by=office())
    ruling.activate(again, by=office())
    spoken.refresh_from_db()
    assert (spoken.state, spoken.state_why) == ("retired", "由新版本替代。")
    assert AlertRule.objects.speaking().get().version == 2


@pytest.mark.parametrize(
    "given",
    [
        {"threshold": 0},
        {"clear_threshold": 2},
        {"window_days": 0},
        {"ack_days": 0},
        {"advice": " "},
        {"basis": ""},
        {"false_share": 101},
    ],
)
def test_numbers_and_words_out_of_bounds(given):
    with pytest.raises(Refused):
        ruling.revise(rule("W01", "draft"), given=given, by=office())


def test_a_rule_without_its_data_is_neither_tested_nor_let_speak():
    row = rule("W11", "draft")
    with pytest.raises(Refused) as refused:
        backtesting.order(row, **PERIOD, by=office())
    assert "accident" in refused.value.text
    AlertRule.objects.filter(pk=row.pk).update(state="backtested")
    with pytest.raises(Refused):
        ruling.shadow(row, by=office())


def test_a_rule_that_was_never_tested_is_not_let_speak():
    with pytest.raises(Refused) as refused:
        ruling.activate(rule("W01", "shadow"), by=office())
    assert {each.rule for each in refused.value.findings} == {"alert_rule.backtest"}


def test_an_installation_begins_with_eleven_drafts_and_keeps_what_was_written():
    assert base_data.load() == ["预警规则（草拟）11 条"]
    row = AlertRule.objects.get(code="W01")
    ruling.revise(row, given={"threshold": 5}, by=office())
    assert base_data.load() == []
    assert AlertRule.objects.get(code="W01").threshold == 5
    assert set(AlertRule.objects.values_list("state", "basis")) == {("draft", "平台默认值，由市信用办按回测结果确定")}


def test_a_back_test_counts_what_it_would_have_said_and_tells_nobody():
    row = rule("W01", "draft", horizon_days=60, outcomes=["penalty"])
    right, wrong, missed = SubjectFactory(), SubjectFactory(), SubjectFactory()
    for subject, days in ((right, (301, 315, 420)), (wrong, (301, 315)), (missed, (610,))):
        for number in days:
            penalty(subject, on=date(2026, number // 100, number % 100))
    test = backtesting.order(row, **PERIOD, by=office())
    test = backtesting.run(test.pk)
    assert (test.state, test.position, test.total) == ("done", 12, 12)
    assert (test.alerts, test.subjects, test.decided, test.followed, test.precision) == (2, 2, 2, 1, 50.0)
    assert (test.outcomes, test.foreseen, test.lead_days) == (6, 1, 36.0)
    assert [(each.subject, each.on) for each in test.misses.all()][0] == (missed, date(2026, 6, 10))
    assert set(test.firings.values_list("subject", "on")) == {
        (right.pk, date(2026, 3, 15)),
        (wrong.pk, date(2026, 3, 15)),
    }
    row.refresh_from_db()
    assert row.state == "backtested"
    assert (AlertCase.objects.count(), Digest.objects.count(), CreditRecord.objects.count()) == (0, 0, 6)


@pytest.mark.parametrize(
    "period",
    [
        {"first": date(2026, 1, 1), "last": TODAY},
        {"first": date(2026, 5, 2), "last": date(2026, 5, 1)},
        {"first": date(2024, 1, 1), "last": date(2026, 5, 1)},
    ],
)
def test_days_that_cannot_be_tested(period):
    with pytest.raises(Refused):
        backtesting.order(rule("W01", "draft"), **period, by=office())


def test_one_at_a_time_and_a_cancelled_one_leaves_nothing(monkeypatch):
    row, by = rule("W01", "draft"), office()
    penalty(on=date(2026, 3, 2))
    test = backtesting.order(row, **PERIOD, by=by)
    with pytest.raises(Conflict):
        backtesting.order(row, **PERIOD, by=by)
    stepped = backtesting._step

    def cancel_at_the_third(running, position):
        if position == 3:
            backtesting.cancel(running, by=by)
        stepped(running, position)

    monkeypatch.setattr(backtesting, "_step", cancel_at_the_third)
    assert backtesting.run(test.pk).state == "cancelled"
    row.refresh_from_db()
    assert (row.state, Firing.objects.count(), test.firings.count()) == ("draft", 0, 0)
    with pytest.raises(Conflict):
        backtesting.cancel(test, by=by)


def test_one_that_was_killed_is_done_anew_and_given_up_in_the_end(monkeypatch):
    row = rule("W01", "draft")
    test = backtesting.order(row, **PERIOD, by=office())
    monkeypatch.setattr(backtesting, "_replay", lambda test: None)  # as if its worker died over it
    for _ in range(backtesting.MOST_TRIES):
        assert backtesting.run(test.pk).state == "running"
    ended = backtesting.run(test.pk)
    assert (ended.state, ended.why) == ("failed", "多次中断，没有完成。")
    assert set(BACKTEST_MOVES.values()) <= set(BacktestState)


def test_reviews_are_due_in_a_year():
    row = ruling.renew(rule("W01", review_by=TODAY + timedelta(days=5)), by=office(), on=TODAY)
    assert row.review_by == date(2027, 11, 23)


def test_a_version_is_not_written_over_while_it_is_back_tested():
    """What comes of the back-test is of the numbers before, and would let the new ones pass as tested."""
    row = rule("W01", "draft")
    test = backtesting.order(row, **PERIOD, by=office())
    with pytest.raises(Conflict, match="正在回测"):
        ruling.revise(row, given={"threshold": 5}, by=office())
    assert backtesting.run(test.pk).state == "done"
    row = ruling.revise(row, given={"threshold": 5}, by=office())
    assert (row.threshold, row.state) == (5, "draft")


def test_a_back_test_of_a_version_that_was_retired_meanwhile_ends_with_the_reason():
    row = rule("W01", "draft")
    test = backtesting.order(row, **PERIOD, by=office())
    ruling.retire(row, why="不再需要。", by=office())
    ended = backtesting.run(test.pk)
    assert (ended.state, ended.tries) == ("failed", 1)
    assert "已废止" in ended.why
    assert not ended.firings.exists()
