"""What would be disposed of on a day, and what is held: the sweep and the dry run ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkSection
from lookups.retention.kinds import Kind, kinds
from lookups.retention.models import RetentionHold, RetentionRule

OWN_PERIOD = "逐份载明的保存期"


@dataclass(frozen=True, slots=True)
class Planned:
    """One kind on a day: by which rule, what goes, and what stays because it is held."""

    kind: Kind
    rule: str
    going: QuerySet[Any]
    held: QuerySet[Any]


def plan(on: date) -> list[Planned]:
    """Kind by kind what the sweep of a day disposes of. A kind without a rule in force is not among them: of it nothing goes."""
    rules = {rule.kind: rule for rule in RetentionRule.objects.in_force(on)}
    return [
        _planned(kind, rules.get(kind.code), on)
        for kind in kinds()
        if kind.keeping.has_own_period or kind.code in rules
    ]


def unruled(on: date) -> list[Kind]:
    """Kinds of which nothing goes, because no rule is in force."""
    ruled = {planned.kind.code for planned in plan(on)}
    return [kind for kind in kinds() if kind.code not in ruled]


def _planned(kind: Kind, rule: RetentionRule | None, on: date) -> Planned:
    words = f"{rule.months}个月：{rule.basis}" if rule else OWN_PERIOD
    rows = kind.keeping.past(rule.months if rule else None, on)
    held = RetentionHold.objects.in_force().filter(kind=kind.code).values("number")
    return Planned(kind, words, rows.exclude(number__in=held), rows.filter(number__in=held))


def work(user: User, on: date) -> list[WorkSection]:
    """Holds that wait for a second person."""
    if not policy.allows(user, "lookups.retention"):
        return []
    rows = RetentionHold.objects.waiting().exclude(state="proposed", proposed_by=user)
    rows = rows.exclude(state="releasing", release_asked_by=user)
    url = f"{reverse('lookups:retention-holds')}?scope=waiting"
    return [WorkSection("保全待确认", (), capped_count(rows), url, Severity.WARN, "没有待确认的保全。", 61)]
