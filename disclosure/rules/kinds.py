"""Kinds of information and their names."""

from __future__ import annotations

KIND_LABELS = {
    "permit": "行政许可",
    "penalty": "行政处罚",
    "act-enforcement": "行政强制",
    "act-confirmation": "行政确认",
    "act-levy": "行政征收",
    "act-payment": "行政给付",
    "act-adjudication": "行政裁决",
    "act-compensation": "行政补偿",
    "act-award": "行政奖励",
    "act-inspection": "行政监督检查",
    "registration": "登记注册",
    "commitment": "信用承诺",
    "commitment-fulfilment": "履约践诺",
    "commitment-breach": "违背承诺",
    "voluntary": "主体自主申报",
}


def kind_label(kind: str) -> str:
    """The Chinese name of a kind of information; local items have their own."""
    return KIND_LABELS.get(kind, "其他公共信用信息")
