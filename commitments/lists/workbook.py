"""The list of matters as a workbook: one row a matter, what may be written in each column, and what a cell may name."""

from __future__ import annotations

from collections.abc import Mapping

from commitments.lists.actions.matters import LISTS
from commitments.lists.models import VISIBILITY, Measure
from commitments.rules.kinds import MATTER_KIND_LABELS, TYPE_LABELS, UNIT_LABELS
from credit_platform.accounts.models import Department
from credit_platform.editions.workbook import columns
from credit_platform.editions.workbook.book import Workbook
from records.models import SubjectKind


def _departments() -> Mapping[str, Department]:
    """By code, name and short name; authorities outside the city take no letters."""
    rows = list(Department.objects.filter(is_external=False).order_by("level", "code"))
    return {name: row for row in rows for name in (row.code, row.short_name, row.name) if name}


def _measures() -> Mapping[str, Measure]:
    return {row.code: row for row in Measure.objects.order_by("code")}


NUMBER = "请只填数字，单位填在后一列。"
WORKBOOK = Workbook(
    LISTS,
    code="事项编码",
    title="事项名称",
    code_synonyms=("事项代码", "编码"),
    columns=(
        columns.text("batch", "批次", max_length=40, help="如：第一批。"),
        columns.choice("kind", "事项类别", MATTER_KIND_LABELS, required=True, width=20),
        columns.text("power_code", "权责清单编码", max_length=64),
        columns.row("department", "受理单位", _departments, shown=lambda row: row.name, missing="没有这个单位。", required=True,
                    width=24, help="单位全称、简称或代号。", synonyms=("责任单位", "部门")),
        columns.choice("commitment_type", "承诺类型", TYPE_LABELS, required=True, width=20),
        columns.choices("subject_kinds", "适用主体", dict(SubjectKind.choices), required=True, width=24),
        columns.text("who", "适用条件", required=True, width=40, help="谁可以选择承诺、谁不可以。"),
        columns.text("notice", "告知内容", required=True, width=50, help="承诺前必须让承诺人明白的事，用平实的话写。"),
        columns.yes_no("online", "可在线签署", help="不填为“否”。"),
        columns.choice("visibility", "公开类型", dict(VISIBILITY), default="public", help="不填为“社会公开”。"),
        columns.count("first_after", "首次复核期限", required=True, mend=NUMBER, help="只填数字。"),
        columns.choice("first_unit", "首次复核单位", UNIT_LABELS, default="workday", help="不填为“个工作日”。"),
        columns.count("every", "此后每隔", mend=NUMBER, help="只填数字；不填表示只复核一次。"),
        columns.choice("every_unit", "间隔单位", UNIT_LABELS, default="month", help="不填为“个月”。"),
        columns.percent("random_share", "随机抽查比例（%）", help="0 至 100；不填为 0。"),
        columns.count("shortfall_after", "材料补正期限", mend=NUMBER, help="容缺受理型必填，只填数字。"),
        columns.choice("shortfall_unit", "补正期限单位", UNIT_LABELS, default="workday", help="不填为“个工作日”。"),
        columns.rows("measures", "违诺措施", _measures, missing="没有编码为“{}”的措施。", width=24,
                     help="措施编码，多项用分号隔开，见“可选内容”。", synonyms=("措施编码",)),
        columns.text("basis", "设定依据", width=40),
        columns.day("valid_from", "事项生效日期", help="不填随版本生效。"),
        columns.day("valid_until", "事项失效日期", help="不填随版本失效。"),
        columns.position(),
    ),
)  # fmt: skip
