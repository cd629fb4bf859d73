"""The first version of the city's own model, as a draft: a proposal that the credit office tries, changes and adopts. No text gives these points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

HEAD: dict[str, Any] = {"base": Decimal(100), "least": Decimal(0), "most": Decimal(120), "places": 0}

PROBLEMS = [
    "未按规定公示应当公示的信息",
    "公示信息隐瞒真实情况、弄虚作假",
    "通过登记的住所（经营场所）无法联系",
    "发现问题已责令改正",
    "不配合检查情节严重",
]
INDICATORS: tuple[dict[str, Any], ...] = (
    {
        "code": "CF1", "name": "一般失信行政处罚", "kinds": ["penalty"], "severities": ["一般"], "months": 24,
        "points": Decimal(-12), "cap": Decimal(36), "basis": "国家发展改革委令第36号",
    },
    {
        "code": "CF2", "name": "严重失信行政处罚", "kinds": ["penalty"], "severities": ["严重"], "months": 36,
        "points": Decimal(-30), "cap": Decimal(60), "basis": "国家发展改革委令第36号",
    },
    {
        "code": "JC1", "name": "检查发现问题", "kinds": ["act-inspection"], "field": "JC_JG_LX", "months": 12,
        "values": PROBLEMS,
        "points": Decimal(-8), "cap": Decimal(24), "basis": "国市监信〔2019〕38号",
    },
    {
        "code": "WN1", "name": "违背信用承诺", "kinds": ["commitment-breach"], "months": 24, "points": Decimal(-20), "cap": Decimal(40),
        "basis": "国办发〔2020〕42号",
    },
    {
        "code": "YC1", "name": "在经营异常名录", "kinds": ["list-abnormal"], "in_force": True, "points": Decimal(-25), "cap": Decimal(25),
        "basis": "《企业信息公示暂行条例》",
    },
    {
        "code": "JL1", "name": "守信激励和行政奖励", "kinds": ["list-red", "act-award"], "months": 36, "points": Decimal(10), "cap": Decimal(20),
        "basis": "国发〔2016〕33号",
    },
    {
        "code": "PJ1", "name": "纳税信用A级", "kinds": ["evaluation"], "field": "PJ_FABM", "values": ["NS-XY"], "months": 12, "points": Decimal(5),
        "cap": Decimal(5), "basis": "纳税信用管理办法",
    },
)  # fmt: skip
DIRECT: tuple[dict[str, Any], ...] = (
    {
        "code": "SX1", "name": "在严重失信主体名单", "kinds": ["list-entry"], "in_force": True, "grade": "E", "basis": "国办发〔2020〕49号",
    },
)  # fmt: skip
BANDS = (("A", 105, 120), ("B", 95, 104), ("C", 75, 94), ("D", 50, 74), ("E", 0, 49))
LINES: dict[str, tuple[dict[str, Any], ...]] = {
    "Indicator": INDICATORS,
    "DirectRule": DIRECT,
    "Band": tuple(
        {"grade": grade, "lowest": Decimal(lowest), "highest": Decimal(highest)} for grade, lowest, highest in BANDS
    ),
}
"""By the name of the table."""
