"""What may be assessed: indicators that are read from the ledger and from cases, never typed. Pure.

Not among them, and never to be added: how many inspections, fines, repairs granted or complaints there were. Whoever is measured by these makes
more of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is assessed: its words, the points that a new scheme begins with, what counts as due and as met, and what would raise it."""

    label: str
    points: Decimal
    counted: str
    raised_by: str


def _of(label: str, points: int, counted: str, raised_by: str) -> Indicator:
    return Indicator(label, Decimal(points), counted, raised_by)


INDICATORS: dict[str, Indicator] = {
    "reporting": _of(
        "双公示上报率",
        10,
        "公示期限在当月届满的行政许可、行政处罚等决定，期限届满前已经合规报送的计为完成。",
        "作出决定后尽快报送，不等到第七个工作日。",
    ),
    "timeliness": _of(
        "双公示及时率",
        15,
        "公示期限在当月届满的决定，期限届满前已经公示的计为完成；依法不公示的不计。",
        "报送后由另一名审核员及时审核、发布。",
    ),
    "compliance": _of(
        "双公示合规率",
        10,
        "当月报送的决定，通过数据校验入库的计为完成，被退回且至今没有更正的计为未完成。",
        "按退回原因更正后重新报送。",
    ),
    "letters": _of(
        "信用承诺归集率",
        5,
        "公示期限在当月届满的信用承诺书，期限届满前已经公示的计为完成。",
        "签署承诺后即时归集并审核发布。",
    ),
    "reviews": _of(
        "承诺复核按期率", 10, "复核期限在当月届满的承诺复核，按期完成的计为完成。", "按复核期限逐份完成履约复核。"
    ),
    "checks": _of(
        "信用核查覆盖率",
        10,
        "当月办结、应当核查的办件，决定前有有效核查的计为完成。",
        "审批决定前先做信用核查，过期的重新核查。",
    ),
    "joint": _of(
        "联合奖惩反馈率",
        10,
        "响应、反馈期限在当月届满的联合奖惩任务，按期办理的计为完成。",
        "在期限内响应任务并反馈执行情况。",
    ),
    "repair": _of("信用修复按期率", 5, "办理期限在当月届满的信用修复环节，按期办结的计为完成。", "在期限内核实、初审和决定。"),
    "objections": _of(
        "异议处理按期率", 5, "核实期限在当月届满的异议，按期反馈核实结果的计为完成。", "在期限内核实并反馈异议。"
    ),
    "inspections": _of(
        "双随机完成率",
        5,
        "检查期限在当月届满的抽查对象，已有检查结果或者依规定终止的计为完成。",
        "在任务期限内完成检查并由另一人审核结果。",
    ),
    "results": _of(
        "检查结果公示及时率",
        5,
        "公示期限在当月届满的检查结果，期限届满前已经公示的计为完成。",
        "检查结束后及时审核、发布结果。",
    ),
    "tasks": _of(
        "任务落实率",
        10,
        "期限在当月届满的方案任务，期限内办结且证明材料经市信用办审核通过的计为完成。",
        "按期报送落实情况和证明材料。",
    ),
}  # fmt: skip
