"""A file of decided cases."""

from __future__ import annotations

from checks.actions.deciding import Decided
from checks.reading.rows import rows_of
from credit_platform.gate.refusals import refuse
from credit_platform.web.dates import parse_date
from records.standards.declaration import Field, FieldType, Standard

MATTER, CASE, DAY, WINDOW = "matter", "case_number", "decided_on", "window"
MOST_ROWS = 20_000
LIST = Standard(
    code="decided-cases",
    name="办结件清单",
    version="1",
    kind="local",
    fields=(
        Field(code=MATTER, label="核查事项编码", synonyms=("事项编码", "事项代码", "核查事项")),
        Field(code=CASE, label="办件编号", synonyms=("办件号", "受理编号", "受理号", "业务编号", "申请编号")),
        Field(code=DAY, label="决定日期", synonyms=("办结日期", "办结时间", "审批日期"), type=FieldType.DATE),
        Field(code=WINDOW, label="窗口", synonyms=("窗口编号", "窗口名称", "办理窗口")),
    ),
)


def read_cases(data: bytes, name: str) -> list[Decided]:
    """The rows of a file. FileRefused when it cannot be read, lacks a column, or has more than MOST_ROWS rows."""
    found: list[Decided] = []
    for number, given in rows_of(data, name, LIST, needed=(MATTER, CASE, DAY)):
        if len(found) >= MOST_ROWS:
            raise refuse("rows", f"办结件超过 {MOST_ROWS} 行。", "请分成几个文件报送。")
        day = parse_date(given.get(DAY, ""))
        found.append(Decided(number, given.get(MATTER, ""), given.get(CASE, ""), day, given.get(WINDOW, "")))
    return found
