"""What an installation begins with: the clocks of repairs, and for how long nobody may ask again after a repair was undone."""

from __future__ import annotations

from datetime import date

from casework.actions.profiles import enter_profiles
from casework.rules.clocks import Days
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from repair.models import BlockRule
from repair.rules.clocks import Stage
from repair.rules.procedure import REPAIR

TEXT = "国办发〔2025〕22号、国家发展改革委令第36号"
OURS = f"{TEXT}；该环节的天数为本平台设定，不超过总期限"
IN_FORCE = date(2026, 4, 1)
PROFILES: dict[str, tuple[date, dict[Stage, Days]]] = {
    "GB22": (
        IN_FORCE,
        {
            Stage.ACCEPT: Days(3, basis=TEXT),
            Stage.VERIFY: Days(4, 10, OURS),
            Stage.REVIEW: Days(1, basis=OURS),
            Stage.DECIDE: Days(7, 10, f"{TEXT}；受理后7个工作日，延长须事先告知，延长的天数为本平台设定"),
            Stage.ANSWER: Days(10, 10, TEXT),
            Stage.FOLLOW: Days(60, basis="国办发〔2025〕22号；回访的间隔为本平台设定"),
        },
    )
}
BLOCK_MONTHS = 12


def load() -> list[str]:
    """Enter what is not there; what an administrator changed since stays. What was loaded, for the shell."""
    made = enter_profiles(REPAIR.slug, PROFILES)
    done = [f"信用修复时限 {made} 项"] if made else []
    with acting(SYSTEM):
        if not BlockRule.objects.exists():
            BlockRule.objects.create(
                months=BLOCK_MONTHS,
                basis="国家发展改革委令第36号（虚假材料、承诺严重不实、故意不履行承诺的，规定期限内不得申请信用修复）",
                certainty="规定的年限未能核实，暂按12个月，请市信用办确认后修改。",
                valid_from=IN_FORCE,
            )
            done.append("撤销修复后不受理期限 1 项")
    return done
