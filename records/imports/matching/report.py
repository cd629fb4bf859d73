"""The result of a match as a table: for the page, the workbook and the shell."""

from __future__ import annotations

from credit_platform.web.export import Column
from records.imports.matching.matched import Known, Matched


def _given(code: str) -> Column:
    labels = {
        "name": "名单名称",
        "code": "名单统一社会信用代码",
        "reg_no": "名单工商注册号",
        "org_code": "名单组织机构代码",
    }
    return Column(labels[code], lambda row: row.shown.get(code, ""), 24)


def _suggested(row: Matched) -> str:
    return "；".join(_shown(each) for each in row.suggestions)


def _shown(known: Known) -> str:
    return f"{known.name}（{known.code or '无代码'}）"


COLUMNS = (
    Column("工作表", "sheet"),
    Column("行号", "row"),
    _given("name"),
    _given("code"),
    _given("reg_no"),
    _given("org_code"),
    Column("比对结果", "result"),
    Column("匹配依据", "how", 20),
    Column("主体名称", lambda row: row.subject.name if row.subject else "", 30),
    Column("统一社会信用代码", lambda row: row.subject.code if row.subject else "", 20),
    Column("代码诊断", "diagnosed", 50),
    Column("说明", "note", 40),
    Column("可能的主体", _suggested, 40),
)
