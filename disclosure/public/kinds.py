"""The kinds of information on the public site: their names, and where their list stands."""

from __future__ import annotations

KINDS: dict[str, str] = {
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
}
ACTS: dict[str, str] = {kind.removeprefix("act-"): label for kind, label in KINDS.items() if kind.startswith("act-")}
"""`/disclosure/acts/<kind>/`: the eight acts beside permit and penalty (哈政办规〔2020〕12号, task 14)."""


def kind_label(kind: str) -> str:
    """The Chinese name of a kind; an item of the city's own catalogue is 其他信用信息."""
    return KINDS.get(kind, "其他信用信息")


def list_address(kind: str) -> str:
    """The address of the list of a kind; "" when it has none."""
    if kind in ("permit", "penalty"):
        return f"/disclosure/{kind.replace('penalty', 'penaltie')}s/"
    act = kind.removeprefix("act-")
    return f"/disclosure/acts/{act}/" if act in ACTS and kind != act else ""
