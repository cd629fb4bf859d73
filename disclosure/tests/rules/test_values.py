"""From which day and until which day a row holds; which rule set governs."""

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.values import FOREVER, Claim, ClassRule, rule_set_for
from disclosure.tests.rules.rule_sets import GRAVE, LIGHT, PLAIN, START, limit, rule_set
from tests.days import around

LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    "holds",
    [
        lambda **days: replace(PLAIN, **days).in_force,
        lambda **days: rule_set(**days).in_force,
        lambda **days: lambda day: limit(**days).holds("legal", day),
    ],
    ids=["class", "rule set", "limit"],
)
def test_a_row_holds_from_its_first_day_through_its_last(holds):
    assert around(START, holds(valid_from=START)) == (False, True, True)
    assert around(LAST, holds(valid_from=START, valid_until=LAST)) == (True, True, False)


def test_a_class_without_days_holds_as_long_as_its_rule_set():
    assert around(START, PLAIN.in_force) == (True, True, True)


def test_a_limit_speaks_of_its_kind_of_subject_or_of_every_one():
    assert limit().holds("legal", START)
    assert limit(subject_kind="legal").holds("legal", START)
    assert not limit(subject_kind="sole_trader").holds("legal", START)


def test_classes_are_asked_by_priority_and_only_those_in_force():
    later = replace(PLAIN, priority=1, valid_from=LAST)
    other = replace(PLAIN, kind="permit")
    found = rule_set(LIGHT, PLAIN, GRAVE, later, other)
    assert found.of_kind("penalty", START) == (GRAVE, PLAIN, LIGHT)
    assert found.of_kind("penalty", LAST) == (later, GRAVE, PLAIN, LIGHT)
    assert found.of_kind("penalty") == (later, GRAVE, PLAIN, LIGHT), "without a day all that there ever were"


def test_the_youngest_rule_set_in_force_governs():
    old, new = rule_set(code="R2", valid_from=date(2023, 5, 1)), rule_set(code="R3")
    codes = around(START, lambda day: rule_set_for((new, old), "penalty", day).code)
    assert codes == ("R2", "R3", "R3")
    assert rule_set_for((old, new), "permit", START) is None, "no class for the kind"
    assert rule_set_for((old, new), "penalty", date(2023, 4, 30)) is None


def test_a_rule_set_governs_in_its_own_channel():
    market = rule_set(code="R4", channel="market")
    assert rule_set_for((market,), "penalty", START) is None
    assert rule_set_for((market,), "penalty", START, "market") is market


def test_a_rule_set_whose_classes_are_not_yet_in_force_does_not_govern():
    early = rule_set(replace(PLAIN, valid_from=LAST))
    assert around(LAST, lambda day: rule_set_for((early,), "penalty", day)) == (None, early, early)


def test_how_much_a_class_weighs():
    assert PLAIN.weight() == (True, 12, 3, False)
    assert LIGHT.weight() == (False, FOREVER, 0, False)
    assert GRAVE.weight() > PLAIN.weight() > LIGHT.weight()
    assert replace(PLAIN, repairable=False).weight() > PLAIN.weight()
    assert replace(PLAIN, max_months=None).weight() > GRAVE.weight(), "without an end is longer than every end"
    assert FOREVER == 1_000_000


def test_what_a_row_says_that_says_nothing():
    rule = ClassRule(kind="penalty")
    assert (rule.fixed, rule.published, rule.repairable, rule.priority) == (False, True, True, 100)
    assert (rule.end_kind, rule.min_from, rule.unperformed_at_max) == ("maximum", "start", "stop")
    assert not Claim("class", "认定为“轻微”").barred
