"""A file of whom to check."""

from __future__ import annotations

from collections.abc import Iterator

from checks.reading.rows import rows_of
from checks.rules.jobs import MOST_ROWS
from checks.rules.questions import Question
from credit_platform.confined.limits import Limits
from credit_platform.gate.refusals import refuse
from records.standards.declaration import Field, FieldType, Standard

CODE, NAME, CASE = "code", "name", "case_number"
LIST = Standard(
    code="check-list",
    name="核查名单",
    version="1",
    kind="local",
    fields=(
        Field(
            code=CODE,
            label="统一社会信用代码",
            synonyms=("统一信用代码", "社会信用代码", "信用代码", "代码", "credit_code", "uscc"),
            type=FieldType.USCC,
        ),
        Field(code=NAME, label="名称", synonyms=("企业名称", "单位名称", "主体名称", "申请人名称", "供应商名称")),
        Field(
            code=CASE, label="办件编号", synonyms=("办件号", "受理编号", "受理号", "业务编号", "申请编号", "项目编号")
        ),
    ),
)


def read_subjects(data: bytes, name: str, *, case_number: str, limits: Limits | None = None) -> Iterator[Question]:
    """The questions of a file, `case_number` where a row has none of its own. FileRefused as in `rows_of`, and beyond MOST_ROWS rows."""
    for count, (number, given) in enumerate(rows_of(data, name, LIST, needed=(CODE,), limits=limits)):
        if count >= MOST_ROWS:
            raise refuse("rows", f"名单超过 {MOST_ROWS} 行。", "请分成几个文件核查。")
        yield Question(given.get(CASE) or case_number, given.get(CODE, ""), given.get(NAME, ""), row=number)
