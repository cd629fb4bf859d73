"""What a rule is worth: its last back-test, and what people have said of its alerts since it speaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from supervision.alerts.models import AlertCase, AlertRule, Backtest, Miss
from supervision.alerts.queries import receivers
from supervision.alerts.rules.alerts import VERDICT_LABELS, Verdict
from supervision.alerts.rules.folding import percent, weekly


@dataclass(frozen=True, slots=True)
class Live:
    """The alerts of a version: how many, how many open, what came of the others, the share of 误报 in per cent, how many each officer has a week."""

    alerts: int
    open: int
    verdicts: tuple[tuple[str, int], ...]
    false_share: float | None
    weekly: float | None


def last_backtest(rule: AlertRule) -> Backtest | None:
    """The last back-test of a version that came to its end."""
    return rule.backtests.done().order_by("-pk").first()


def misses(rule: AlertRule) -> list[Miss]:
    """The gravest outcomes that its last back-test would not have foreseen."""
    last = last_backtest(rule)
    return list(last.misses.select_related("subject")) if last else []


def live(rule: AlertRule, on: date) -> Live:
    """The figures of a version's alerts up to a day."""
    rows = list(AlertCase.objects.filter(rule=rule).values_list("verdict", "is_open"))
    count = Counter(verdict for verdict, _ in rows if verdict)
    judged = sum(number for verdict, number in count.items() if verdict != Verdict.LAPSED)
    days = (on - rule.activated_on).days + 1 if rule.activated_on else 0
    return Live(
        alerts=len(rows),
        open=sum(is_open for _, is_open in rows),
        verdicts=tuple((label, count[verdict.value]) for verdict, label in VERDICT_LABELS.items()),
        false_share=percent(count[Verdict.FALSE.value], judged),
        weekly=weekly(len(rows), days=days, officers=receivers.hands(rule)),
    )
