"""Levels become firings, firings and outcomes become figures: the vectors of the back-test."""

from __future__ import annotations

from datetime import date

import pytest

from supervision.alerts.rules.folding import Firing as Said
from supervision.alerts.rules.folding import Level, Outcome, figures, firings, weekly

FIRED = [Said(subject, date(2026, 1, 1), 3) for subject in range(32)] + [
    Said(subject, date(2026, 11, 1), 3) for subject in range(32, 40)
]


def test_precision_is_of_alerts_whose_horizon_is_over_and_recall_of_outcomes():
    seen = [Outcome(subject, date(2026, 2, 1), 1, "") for subject in range(12)]
    worth = figures(FIRED, seen, horizon=90, known_until=date(2026, 11, 23), last=date(2026, 11, 20))
    assert (worth.alerts, worth.decided, worth.followed, worth.precision) == (40, 32, 12, 37.5)
    happened = [Outcome(subject, date(2026, 2, 1), 1, "") for subject in range(11)]
    missed = [Outcome(100 + number, date(2026, 2, 1), number % 3, "") for number in range(9)]
    worth = figures(FIRED, happened + missed, horizon=90, known_until=date(2026, 11, 23), last=date(2026, 11, 20))
    assert (worth.outcomes, worth.foreseen, worth.recall, worth.lead_days) == (20, 11, pytest.approx(55.0), 31)
    assert [each.gravity for each in worth.misses] == [2, 2, 2, 1, 1, 1, 0, 0, 0]


def test_an_outcome_on_the_day_of_the_alert_was_not_foreseen_and_the_last_day_of_the_horizon_was():
    one = [Said(1, date(2026, 1, 1), 1)]
    for day, foreseen in ((date(2026, 1, 1), 0), (date(2026, 1, 2), 1), (date(2026, 1, 31), 1), (date(2026, 2, 1), 0)):
        worth = figures(one, [Outcome(1, day, 1, "")], horizon=30, known_until=date(2026, 3, 1), last=date(2026, 2, 20))
        assert (worth.followed, worth.foreseen) == (foreseen, foreseen), day


def test_of_nothing_there_is_no_rate():
    worth = figures([], [], horizon=30, known_until=date(2026, 3, 1), last=date(2026, 2, 20))
    assert (worth.precision, worth.recall, worth.lead_days) == (None, None, None)
    assert (weekly(14, days=7, officers=2), weekly(14, days=7, officers=0)) == (7.0, None)


def test_a_rule_fires_again_only_after_it_has_cleared():
    steps = [Level(1, date(2026, 1, day), level) for day, level in ((1, 3), (2, 2), (3, 3), (4, 1), (5, 3))]
    assert [each.day.day for each in firings(steps, threshold=3, clear_threshold=1)] == [1, 5]
