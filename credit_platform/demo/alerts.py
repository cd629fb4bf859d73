"""Early warning in the demonstration city: rules tried on the past, two that speak, one on trial, and alerts in several states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casework.models import Case
from casework.rules.clocks import late_since
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar
from supervision.alerts.actions import backtesting, handling, ruling
from supervision.alerts.actions.sweeping import sweep
from supervision.alerts.models import AlertCase, AlertRule
from supervision.alerts.rules.alerts import ALERT, AlertState, Measure, Verdict

SPEAK, TRIED = ("W01", "W05"), ("W07",)
FIGURES: dict[str, Any] = {
    "threshold": 4,
    "clear_threshold": 2,
    "weekly_budget": 1,
    "basis": "市信用办按回测结果确定（演示）",
}
WAYS: tuple[tuple[str, ...], ...] = (
    ("acknowledge", "handle", "close"),
    ("acknowledge", "handle", "wrong"),
    ("acknowledge",),
    (),
)


@dataclass(frozen=True, slots=True)
class EarlyWarnings:
    """Eight working days of early warning: rules first, then nights, then what became of the alerts of the market bureau."""

    today: date

    def build(self) -> int:
        """How many alerts there are."""
        first, office, second = self._before(8), self._user("xyb"), self._user("xyb2")
        for code in (*SPEAK, *TRIED):
            rule = AlertRule.objects.get(code=code)
            with clock.at(first, 9):
                if code == "W01":
                    rule = ruling.revise(rule, given=FIGURES, by=office)
                test = backtesting.order(
                    rule, first=first - timedelta(days=366), last=first - timedelta(days=1), by=office
                )
                backtesting.run(test.pk)
                rule = ruling.shadow(AlertRule.objects.get(pk=rule.pk), by=office)
            if code in SPEAK:
                with clock.at(first, 15):
                    ruling.activate(rule, by=second, on=first)
        for back in (7, 2, 0):
            day = self._before(back) if back else self.today
            with clock.at(day, 5, 45):
                sweep(day)
        cases = (
            Case.objects.of(ALERT).filter(state=AlertState.OPEN, department__code="scjgj").order_by("drafted_on", "pk")
        )
        for case, verbs in zip(list(cases), WAYS, strict=False):
            self._one(case, verbs)
        return AlertCase.objects.count()

    def _one(self, case: Case, verbs: tuple[str, ...]) -> None:
        clerk = self._user("scjgj_lr")
        for verb in verbs:
            with clock.at(max(case.moved_on, self._before(1)), 10):
                if verb == "acknowledge":
                    handling.acknowledge(case, by=clerk)
                elif verb == "handle":
                    handling.handle(case, plan="调取处罚案卷，到经营场所核实。", by=clerk)
                elif verb == "close":
                    reason = "多次处罚属同类问题，已书面提示并要求建立进货查验制度。"
                    handling.close(case, verdict=Verdict.TRUE, measure=Measure.REMIND, reason=reason, by=clerk)
                else:
                    fact = AlertCase.objects.get(pk=case.pk).facts.filter(record__isnull=False).first()
                    record = fact.record if fact else None
                    handling.close(case, verdict=Verdict.WRONG, wrong=record, reason="处罚日期与案卷不一致。", by=clerk)

    def _before(self, back: int) -> date:
        return late_since(calendar(), self.today, back)

    def _user(self, name: str) -> User:
        return User.objects.get(username=name)
