"""The rules of an installation that has none. What somebody has written is never touched."""

from __future__ import annotations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from supervision.alerts.models import AlertRule
from supervision.alerts.start_rules import RULES


def load() -> list[str]:
    """Enter the rules whose code there is none of yet, as drafts; what was entered, in Chinese."""
    with acting(SYSTEM):
        known = set(AlertRule.objects.values_list("code", flat=True))
        made = [AlertRule.objects.create(**given) for given in RULES if given["code"] not in known]
    return [f"预警规则（草拟）{len(made)} 条"] if made else []
