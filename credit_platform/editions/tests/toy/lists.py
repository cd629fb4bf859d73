"""The list, its columns and what is asked of an entry: what an app writes beside its tables."""

from __future__ import annotations

from collections.abc import Iterator

from credit_platform.editions.actions import Editions
from credit_platform.editions.tests.toy.models import ToyEdition, ToyEntry
from credit_platform.editions.workbook import columns
from credit_platform.editions.workbook.book import Workbook, facts_of
from credit_platform.errors import Finding, at_field

COLUMNS = (
    columns.choice("kind", "种类", {"must": "应当", "may": "可以"}, required=True),
    columns.count("months", "期限（月）"),
    columns.text("basis", "依据"),
    columns.day("valid_from", "生效日期"),
    columns.day("valid_until", "失效日期"),
    columns.position(),
)


def unsound(entry: ToyEntry) -> Iterator[Finding]:
    if entry.kind == "must" and not entry.months:
        yield at_field("toy.months", "months", "应当采取的须填写期限。")


TOYS = Editions(
    ToyEdition, ToyEntry, identity="toy", permission="toys.manage", audit="toys", audit_identity="toys.toy",
    code="toys", name="示例清单", what="事项", article="示例办法第一条", facts=facts_of(COLUMNS), unsound=unsound,
)  # fmt: skip
BOOK = Workbook(TOYS, COLUMNS, code="事项编码", title="事项名称")
