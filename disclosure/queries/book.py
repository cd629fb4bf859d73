"""The rule sets and thresholds of the database as plain values."""

from __future__ import annotations

from disclosure.models import FineThreshold, PeriodRule, RuleSet
from disclosure.rules.periods import Book
from disclosure.rules.values import ClassRule, RuleSetValue, Threshold


def book() -> Book:
    """All rule sets with their classes, and the thresholds of fines (three queries)."""
    sets = RuleSet.objects.prefetch_related("periods")
    return Book(
        rule_sets=tuple(_set(each) for each in sets),
        thresholds=tuple(
            Threshold(
                domain=each.domain,
                subject_kind=each.subject_kind,
                severity=each.severity,
                amount_wan=each.amount_wan,
                valid_from=each.valid_from,
                valid_until=each.valid_until,
                basis=each.basis,
            )
            for each in FineThreshold.objects.all()
        ),
    )


def _set(row: RuleSet) -> RuleSetValue:
    return RuleSetValue(
        code=row.code,
        name=row.name,
        basis=row.basis,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        period_start=row.period_start,
        ends_when=row.ends_when,
        certainty=row.certainty,
        rules=tuple(_class(each) for each in row.periods.all()),
    )


def _class(row: PeriodRule) -> ClassRule:
    return ClassRule(
        kind=row.kind,
        severity=row.severity,
        label=row.label,
        penalty_kinds=frozenset(row.penalty_kinds),
        domains=frozenset(row.domains),
        procedure=row.procedure,
        min_months=row.min_months,
        max_months=row.max_months,
        until_valid=row.until_valid,
        published=row.published,
        repairable=row.repairable,
        priority=row.priority,
        basis=row.basis,
    )
