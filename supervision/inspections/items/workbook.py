"""The list of items as a workbook: one row an item."""

from __future__ import annotations

from collections.abc import Mapping

from credit_platform.accounts.models import Department
from credit_platform.editions.workbook import columns
from credit_platform.editions.workbook.book import Workbook
from supervision.inspections.items.actions import LISTS
from supervision.inspections.items.rules import lines
from supervision.inspections.items.rules.shares import RULE_LABELS


def _departments() -> Mapping[str, Department]:
    """By code; authorities outside the city inspect nothing for it."""
    return {row.code: row for row in Department.objects.filter(is_external=False).order_by("level", "code")}


WORKBOOK = Workbook(
    LISTS,
    code="事项编码",
    title="事项名称",
    columns=(
        columns.text("part", "子项", max_length=200, width=24),
        columns.choice("weight", "事项类别", lines.WEIGHT_LABELS, required=True),
        columns.text("field", "监管领域", max_length=40, help="分级监管的领域代码；通用的留空。"),
        columns.rows("departments", "检查主体", _departments, missing="没有代号为“{}”的单位。", required=True, width=24,
                     help="单位代号，多项用分号隔开。"),
        columns.choices("kinds", "检查对象", lines.OBJECT_LABELS, required=True, width=24),
        columns.choices("methods", "检查方式", lines.METHOD_LABELS, required=True, width=24),
        columns.choice("share_rule", "比例规则", RULE_LABELS, default="", help="留空按分级监管比例。"),
        columns.text("share_low", "比例（下限）", max_length=20, help="例如 3%、1/3。"),
        columns.text("share_high", "比例上限", max_length=20, help="比例为区间的填写。"),
        columns.count("per_year", "每年至多（次）"),
        columns.text("staff", "人员要求", max_length=200, width=24),
        columns.text("speciality", "专业要求", max_length=20),
        columns.text("basis", "检查依据", required=True, width=40),
        columns.day("valid_from", "事项生效日期", help="不填随版本生效。"),
        columns.day("valid_until", "事项失效日期", help="不填随版本失效。"),
        columns.position(),
    ),
)  # fmt: skip
