"""The list of measures as a workbook: one row a measure, what may be written in each column, and what a cell may name."""

from __future__ import annotations

from collections.abc import Mapping

from credit_platform.accounts.models import Department
from credit_platform.editions.workbook import columns
from credit_platform.editions.workbook.book import Workbook
from credit_platform.editions.workbook.columns import Options
from sanctions.measures import rules
from sanctions.measures.actions import LISTS
from sanctions.measures.queries import field_names, list_names


def _departments() -> Mapping[str, Department]:
    """By code; authorities outside the city carry nothing out for it."""
    return {row.code: row for row in Department.objects.filter(is_external=False).order_by("level", "code")}


def _lists() -> Options:
    return {nature.value: label for nature, label in rules.NATURE_LABELS.items()} | list_names()


def _fields() -> Options:
    return field_names()


WORKBOOK = Workbook(
    LISTS,
    code="措施编码",
    title="措施名称",
    columns=(
        columns.text("base_item", "基础清单序号", max_length=20, help="全国失信惩戒措施基础清单的序号，激励措施留空。"),
        columns.choice("kind", "措施类别", rules.KIND_LABELS, required=True, width=24),
        columns.choice("force", "约束力", rules.FORCE_LABELS, required=True),
        columns.choice("whom", "适用对象", rules.WHOM_LABELS, required=True, width=28),
        columns.codes("lists", "触发名单", _lists, missing="没有编码为“{}”的名单。", width=24, help="名单编码，多项用分号隔开，见“可选内容”。"),
        columns.choices("documents", "触发文书", rules.DOCUMENT_LABELS, width=24),
        columns.codes("matters", "事项领域", _fields, missing="没有代码为“{}”的事项领域。", required=True, width=24,
               help="领域代码，多项用分号隔开；* 为各类事项。"),
        columns.choice("term", "期限方式", rules.TERM_LABELS, required=True),
        columns.count("months_least", "最短（月）"),
        columns.count("months_most", "最长（月）", help="固定期限的填在这里。"),
        columns.text("authority", "实施主体", required=True, max_length=200, width=24),
        columns.rows("departments", "本市执行单位", _departments, missing="没有代号为“{}”的单位。", width=24,
                     help="单位代号，多项用分号隔开；由法院、边检等实施的留空。"),
        columns.text("basis", "依据", required=True, width=40),
        columns.text("legal_text", "条文", required=True, width=50),
        columns.text("note", "说明", max_length=500, width=30),
        columns.day("valid_from", "事项生效日期", help="不填随版本生效。"),
        columns.day("valid_until", "事项失效日期", help="不填随版本失效。"),
        columns.position(),
    ),
)  # fmt: skip
