"""What an installation begins with: how many working days a recipient has."""

from __future__ import annotations

from datetime import date

from casework.models import ClockProfile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from deliveries.rules.deliveries import APPLY_DAYS, ORDER_DAYS, REMIND_DAYS
from deliveries.rules.enforcement import ENFORCEMENT

IN_FORCE = date(2026, 4, 1)
BASIS = "国家发展改革委令第36号第三条（终止公示，停止共享和使用）；工作日数未见明文，为本平台设定"
STAGES = {"apply": APPLY_DAYS, "remind": REMIND_DAYS, "order": ORDER_DAYS}


def load() -> list[str]:
    """Enter the rows that are not there; what an administrator changed since stays. What was loaded, for the shell."""
    made = 0
    with acting(SYSTEM):
        for stage, days in STAGES.items():
            named = {"procedure": ENFORCEMENT.slug, "profile": "default", "stage": stage}
            if not ClockProfile.objects.filter(**named).exists():
                ClockProfile.objects.create(**named, days=days, basis=BASIS, valid_from=IN_FORCE)
                made += 1
    return [f"变更送达时限 {made} 项"] if made else []
