"""Words of the field: types of commitments, kinds of reviews, of breaches and of measures."""

from __future__ import annotations

from enum import StrEnum


class CommitmentType(StrEnum):
    """承诺类型 of the city-monitoring indicators."""

    APPROVAL = "approval"
    SHORTFALL = "shortfall"
    PROOF = "proof"
    ACTIVE = "active"
    REPAIR = "repair"
    TRADE = "trade"
    OTHER = "other"


TYPE_LABELS = {
    CommitmentType.APPROVAL: "审批替代型",
    CommitmentType.SHORTFALL: "容缺受理型",
    CommitmentType.PROOF: "证明事项告知承诺型",
    CommitmentType.ACTIVE: "主动型",
    CommitmentType.REPAIR: "信用修复型",
    CommitmentType.TRADE: "行业自律型",
    CommitmentType.OTHER: "其他",
}
LISTED = (CommitmentType.APPROVAL, CommitmentType.SHORTFALL, CommitmentType.PROOF)
"""Types that are only taken for a matter of the list in force; a bar from 告知承诺 concerns these."""


class MatterKind(StrEnum):
    """What a matter is in the power list (权责清单)."""

    POWER = "power"
    SERVICE = "service"


MATTER_KIND_LABELS = {MatterKind.POWER: "依申请类行政权力事项", MatterKind.SERVICE: "公共服务事项"}


class Channel(StrEnum):
    """The four ways in."""

    API = "api"
    DESK = "desk"
    FILE = "file"
    ONLINE = "online"


CHANNEL_LABELS = {
    Channel.API: "接口归集",
    Channel.DESK: "窗口录入",
    Channel.FILE: "批量导入",
    Channel.ONLINE: "在线签署",
}


class ReviewKind(StrEnum):
    """Why a letter is looked at."""

    FIRST = "first"
    PERIODIC = "periodic"
    RANDOM = "random"
    SHORTFALL = "shortfall"
    REPORTED = "reported"


REVIEW_KIND_LABELS = {
    ReviewKind.FIRST: "首次复核",
    ReviewKind.PERIODIC: "定期复核",
    ReviewKind.RANDOM: "随机抽查",
    ReviewKind.SHORTFALL: "容缺材料补正",
    ReviewKind.REPORTED: "线索核查",
}


class BreachKind(StrEnum):
    """A commitment that was false when made, or that was not kept."""

    FALSE = "false"
    UNFULFILLED = "unfulfilled"


BREACH_KIND_LABELS = {BreachKind.FALSE: "虚假承诺", BreachKind.UNFULFILLED: "未履行承诺"}


class MeasureKind(StrEnum):
    """What a measure of 违背承诺惩戒措施清单 does."""

    REVOKE = "revoke"
    RECTIFY = "rectify"
    BAR = "bar"
    SUPERVISE = "supervise"
    RECORD = "record"


MEASURE_KIND_LABELS = {
    MeasureKind.REVOKE: "撤销许可或决定",
    MeasureKind.RECTIFY: "限期整改",
    MeasureKind.BAR: "期限内不再适用告知承诺",
    MeasureKind.SUPERVISE: "列为重点检查对象",
    MeasureKind.RECORD: "记入信用记录",
}


class Unit(StrEnum):
    """Units of the periods in the list."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"


UNIT_LABELS = {Unit.WORKDAY: "个工作日", Unit.DAY: "日", Unit.MONTH: "个月"}
