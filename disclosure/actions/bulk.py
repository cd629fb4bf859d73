"""Verbs on many: every row is asked by the same rule as the single verb, and each answer is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import DomainError
from disclosure.models import Disclosure
from disclosure.queries.evaluation import Evaluator

Ask = Callable[[Disclosure, Evaluator], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row of a verb on many."""

    disclosure: Disclosure
    error: DomainError | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


def locked_many(ids: Sequence[int]) -> list[Disclosure]:
    """The rows, locked in the order of their ids, so that two of these never wait for each other in a ring."""
    rows = Disclosure.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk")
    return list(rows.select_related("record__subject", "source_department", "authority"))


def decide(ids: Sequence[int], ask: Ask, on: date) -> list[Outcome]:
    """Lock the rows and ask each; a domain error becomes the row's outcome and stops no other row."""
    rows = locked_many(ids)
    rules = Evaluator(on)
    rules.learn(row.record.item_id for row in rows)
    return [_ask(row, ask, rules) for row in rows]


def _ask(row: Disclosure, ask: Ask, rules: Evaluator) -> Outcome:
    try:
        ask(row, rules)
    except DomainError as error:
        return Outcome(row, error)
    return Outcome(row)
