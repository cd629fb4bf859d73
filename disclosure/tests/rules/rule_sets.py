"""A small rule set and facts for tests of the rules: no rows, no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from disclosure import kinds
from disclosure.own_kinds import OWN_KINDS
from disclosure.rules.facts import Facts
from disclosure.rules.periods import Book
from disclosure.rules.values import ClassRule, RuleSetValue, SimpleLimit, Threshold

kinds.register(*OWN_KINDS)

DECIDED = date(2026, 5, 20)
SHOWN = date(2026, 5, 28)
START = date(2026, 4, 1)

LIGHT = ClassRule(
    kind="penalty",
    severity="轻微",
    label="轻微",
    penalty_kinds=frozenset({"警告"}),
    procedure="",
    published=False,
    priority=30,
    basis="甲规定第一条",
)
SIMPLE = ClassRule(
    kind="penalty",
    severity="轻微",
    label="简易",
    procedure="简易程序",
    published=False,
    priority=40,
    basis="甲规定第二条",
)
PLAIN = ClassRule(
    kind="penalty",
    severity="一般",
    label="一般",
    penalty_kinds=frozenset({"没收", "罚款以外"}),
    min_months=3,
    max_months=12,
    priority=20,
    basis="甲规定第三条",
)
GRAVE = ClassRule(
    kind="penalty",
    severity="严重",
    label="严重",
    penalty_kinds=frozenset({"吊销"}),
    min_months=12,
    max_months=36,
    fixed=True,
    priority=10,
    basis="甲规定第四条",
)


def rule_set(*rules, code="R3", valid_from=START, **more):
    return RuleSetValue(
        code=code,
        name="甲规定",
        basis="甲规定全文",
        valid_from=valid_from,
        rules=rules or (GRAVE, PLAIN, LIGHT, SIMPLE),
        **more,
    )


def penalty(*kinds, decided_on=DECIDED, **more):
    return Facts(kind="penalty", subject_kind="legal", decided_on=decided_on, kinds=kinds, **more)


def threshold(severity, amount, domain="", subject_kind="", valid_from=START, **more):
    return Threshold(
        domain=domain,
        subject_kind=subject_kind,
        severity=severity,
        amount_wan=Decimal(amount),
        valid_from=valid_from,
        **more,
    )


def limit(amount="0.3", subject_kind="", valid_from=START, kinds=("罚款", "警告"), **more):
    """`amount` in 万元."""
    return SimpleLimit(
        subject_kind=subject_kind,
        penalty_kinds=frozenset(kinds),
        amount_wan=Decimal(amount),
        valid_from=valid_from,
        basis="行政处罚法第五十一条",
        **more,
    )


def book(*rule_sets, thresholds=(), limits=(), **more):
    return Book(rule_sets=rule_sets or (rule_set(),), thresholds=thresholds, limits=limits, **more)
