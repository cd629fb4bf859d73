"""What an installation begins with: the clocks of complaints and reports by their day of receipt, and for how long a complaint is shown."""

from __future__ import annotations

from datetime import date

from casework.actions.profiles import enter_profiles
from casework.rules.clocks import Days
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from disclosure.models.periods import PeriodRule, RuleSet
from supervision.complaints.rules.clocks import Stage
from supervision.complaints.rules.words import PROCEDURE
from supervision.complaints.standard import KIND

L20 = "市场监督管理投诉举报处理暂行办法（总局令第20号）"
NEW = (
    "市场监督管理投诉举报处理办法（2026年4月15日起施行）；条文未核对，暂按总局令第20号的天数，请市市场监管局确认后修改"
)
SHOWING = "国市监稽规〔2023〕6号；办结后7个工作日内公示为本平台参数，文本未核对"


def _stages(basis: str, *articles: str) -> dict[Stage, Days]:
    accept, mediate, check, tell = (f"{basis}{article}" for article in articles)
    return {
        Stage.ACCEPT: Days(7, basis=accept),
        Stage.MEDIATE: Days(45, basis=mediate),
        Stage.CHECK: Days(15, 15, check),
        Stage.TELL: Days(5, basis=tell),
        Stage.PUBLISH: Days(7, basis=SHOWING),
    }


PROFILES = {
    "L20": (date(2020, 1, 1), _stages(L20, "第十四条", "第二十一条", "第三十一条", "第三十二条")),
    "2026": (date(2026, 4, 15), _stages(NEW, "", "", "", "")),
}
PERIOD = {
    "label": "消费投诉",
    "max_months": 6,
    "start_kind": "publication",
    "repairable": False,
    "basis": "国市监稽规〔2023〕6号；公示6个月为本平台参数，文本未核对",
}


def load() -> list[str]:
    """Enter what is not there; what an administrator changed since stays. What was loaded, for the shell."""
    made = enter_profiles(PROCEDURE, PROFILES)
    done = [f"投诉举报时限 {made} 项"] if made else []
    with acting(SYSTEM):
        rule_set = RuleSet.objects.filter(code="P1").first()
        if rule_set and not PeriodRule.objects.filter(rule_set=rule_set, kind=KIND).exists():
            PeriodRule.objects.create(rule_set=rule_set, kind=KIND, **PERIOD)
            done.append("消费投诉公示期 1 项")
    return done
