"""The rule sets, thresholds and limits of the database as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.apps import apps

from disclosure.rules.periods import Book
from disclosure.rules.values import ClassRule, RuleSetValue, SimpleLimit, Threshold

RuleSets = Callable[[], Iterable[RuleSetValue]]

_others: dict[str, RuleSets] = {}
WAN = Decimal(10_000)
_SET = ("code", "name", "basis", "valid_from", "valid_until", "period_start", "channel", "organ_word", "certainty")
_CLASS = (
    "kind", "severity", "label", "name", "procedure", "min_months", "max_months", "start_kind", "end_kind", "min_from",
    "unperformed_at_max", "fixed", "published", "repairable", "priority", "basis", "valid_from", "valid_until",
)  # fmt: skip
_THRESHOLD = ("domain", "subject_kind", "severity", "amount_wan", "valid_from", "valid_until", "basis")


def book(get_model: Callable[[str, str], Any] = apps.get_model) -> Book:
    """All rule sets with their classes, the thresholds of fines, the limits of the simple procedure (four queries).

    A migration gives its own `get_model`, so that the rows are read as they stand at that point.
    """
    sets = get_model("disclosure", "RuleSet").objects.prefetch_related("periods")
    return Book(
        rule_sets=tuple(
            RuleSetValue(rules=tuple(_class(row) for row in each.periods.all()), **_read(each, _SET)) for each in sets
        ),
        thresholds=tuple(
            Threshold(**_read(each, _THRESHOLD)) for each in get_model("disclosure", "FineThreshold").objects.all()
        ),
        limits=tuple(_limit(each) for each in get_model("disclosure", "SimpleProcedureLimit").objects.all()),
    )


def register_rule_sets(name: str, provider: RuleSets) -> None:
    """An app above tells rule sets that it keeps itself (the terms of lists); they are explained, and nothing is published by them."""
    _others[name] = provider


def whole_book() -> Book:
    """`book` with the rule sets of the apps above: what `manage.py explain_periods` answers from."""
    own = book()
    others = [each for provider in _others.values() for each in provider()]
    theirs = {each.code for each in others}
    return replace(own, rule_sets=(*(each for each in own.rule_sets if each.code not in theirs), *others))


def _read(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _class(row: Any) -> ClassRule:
    return ClassRule(penalty_kinds=frozenset(row.penalty_kinds), domains=frozenset(row.domains), **_read(row, _CLASS))


def _limit(row: Any) -> SimpleLimit:
    return SimpleLimit(
        penalty_kinds=frozenset(row.penalty_kinds),
        amount_wan=row.amount_yuan / WAN,
        **_read(row, ("subject_kind", "valid_from", "valid_until", "basis")),
    )
