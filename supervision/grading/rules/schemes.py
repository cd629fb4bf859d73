"""Schemes of grades: whose they are, and the order in which they are asked (哈政办规〔2020〕12号 no. 16). Pure."""

from __future__ import annotations

from enum import StrEnum

RECEIVED, INTERNAL = "evaluation", "evaluation-internal"
"""The kinds of records that grades arrive as: those that may be public, and those that may not."""


class Source(StrEnum):
    """Whose a scheme is."""

    SECTOR = "sector"
    RISK = "risk"
    PROVINCE = "province"
    OWN = "own"
    NATION = "nation"


SOURCE_LABELS = {
    Source.SECTOR: "行业信用评价",
    Source.RISK: "企业信用风险分类",
    Source.PROVINCE: "省级分级",
    Source.OWN: "本市模型",
    Source.NATION: "公共信用综合评价",
}
