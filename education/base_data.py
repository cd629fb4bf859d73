"""The key groups of an installation that has none. What an administrator has written is never touched."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from education.models import KeyGroup

SINCE = date(2020, 10, 16)
BASIS = "哈政办规〔2020〕12号第6项"
NAMED, OPEN = "方案写明", "方案未写明牵头单位，由市信用办核定"
GROUPS: tuple[tuple[str, str, str, str], ...] = (
    ("lawyer", "律师", "市司法局", NAMED),
    ("teacher", "教师", "市教育局", NAMED),
    ("doctor", "医师", "市卫生健康委", NAMED),
    ("guide", "导游", "市文化广电和旅游局", NAMED),
    ("estate", "房地产中介从业人员", "市住房和城乡建设局", NAMED),
    ("finance", "金融从业人员", "人民银行哈尔滨中心支行", NAMED),
    ("transport", "交通运输从业人员", "市交通运输局", NAMED),
    ("venture", "创新创业主体", "", OPEN),
)
"""Code, group, lead, how sure the lead is. Other cities name more; each would be one more row."""


def load() -> list[str]:
    """Enter the groups where there are none; what to say of it."""
    with acting(SYSTEM):
        if KeyGroup.objects.exists():
            return []
        for code, name, lead, certainty in GROUPS:
            KeyGroup.objects.create(code=code, name=name, lead=lead, basis=BASIS, certainty=certainty, valid_from=SINCE)
    return [f"重点职业人群 {len(GROUPS)} 类"]
