"""The terms of all lists as a rule set of the periods."""

from __future__ import annotations

from disclosure.rules.values import RuleSetValue
from sanctions.lists.models import CreditList
from sanctions.lists.rules import rule_set


def rule_sets() -> list[RuleSetValue]:
    """One rule set of the channel of lists, with every list that has been in force here; none while there is no list."""
    rows = list(CreditList.objects.filter(valid_from__isnull=False).order_by("-valid_from", "code"))
    return (
        [rule_set([row.terms for row in rows], since=min(row.valid_from for row in rows if row.valid_from))]
        if rows
        else []
    )
