"""批量比对: a list of names and numbers against the register. Nothing is stored; every code is diagnosed, matched or not.

A credit code leads to its subject. Without one an old number leads to it when the name agrees (present or former). A name alone is
only ever a suggestion: equal names are not equal subjects (traps 21 and the published lists of before 2016, which carry old numbers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credit_platform.confined.limits import Limits
from credit_platform.errors import Finding, Level
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line
from credit_platform.gate.refusals import refuse
from credit_platform.gate.table import Table
from records.identifiers import oldnumbers, orgcode, regno, uscc
from records.identifiers.clean import clean_code, is_spreadsheet_damage
from records.imports.matching.matched import ANY, CODE, NAME, ORG_CODE, REG_NO, TAX_NO, Matched
from records.imports.matching.register import Register
from records.imports.reading import plan
from records.standards import headers
from records.standards.declaration import Field, FieldType, Standard

MOST_ROWS = 50_000

LIST = Standard(
    code="matching",
    name="比对名单",
    version="1",
    kind="local",
    fields=(
        Field(
            code=NAME,
            label="名称",
            synonyms=(
                "企业名称",
                "单位名称",
                "主体名称",
                "市场主体名称",
                "行政相对人名称",
                "法人名称",
                "机构名称",
                "公司名称",
                "字号名称",
            ),
        ),
        Field(
            code=CODE,
            label="统一社会信用代码",
            synonyms=(
                "统一信用代码",
                "社会信用代码",
                "信用代码",
                "代码",
                "credit_code",
                "uscc",
                "行政相对人代码_1(统一社会信用代码)",
            ),
            type=FieldType.USCC,
        ),
        Field(
            code=REG_NO,
            label="工商注册号",
            synonyms=("注册号", "营业执照注册号", "工商登记码", "工商登记号"),
            type=FieldType.REG_NO,
        ),
        Field(code=ORG_CODE, label="组织机构代码", synonyms=("组织机构代码证号", "机构代码"), type=FieldType.ORG_CODE),
        Field(code=TAX_NO, label="税务登记号", synonyms=("纳税人识别号", "税务登记证号", "税号")),
        Field(
            code=ANY,
            label="代码（任一种）",
            synonyms=("证照号码", "证照编号", "注册号/统一社会信用代码", "统一社会信用代码/注册号"),
        ),
    ),
)


TABLES = (Kind.XLSX, Kind.XLS, Kind.CSV)
_OLD = {oldnumbers.ORG_CODE: ORG_CODE, oldnumbers.REG_NO: REG_NO, oldnumbers.TAX_NO: ORG_CODE}
"""Under what an old number in the column of the credit code is looked for; a tax number holds the organisation code."""
_BY_FORM = {oldnumbers.REG_NO: REG_NO, oldnumbers.ORG_CODE: ORG_CODE}


def match_file(data: bytes, name: str, *, limits: Limits | None = None) -> list[Matched]:
    """Read a workbook or text file and match its rows. FileRefused when it cannot be read or has no column of names or codes.

    `limits`: what the reading may use, by default that of a page.
    """
    with Table(data, name, kinds=TABLES, limits=limits) as table:
        rows = _rows(table)
    match_rows(rows)
    return rows


def _rows(table: Table) -> list[Matched]:
    found = _planned(table)
    if not any(set(each.columns.values()) & {NAME, CODE, REG_NO, ORG_CODE, ANY} for each in found.sheets):
        raise refuse(
            "no-header",
            "没有找到名称或代码列。",
            "表头应含有“名称”“统一社会信用代码”“工商注册号”“组织机构代码”等字样。",
        )
    return [_read(sheet, line) for sheet, line in _limited(plan.lines_of(table, found))]


def _planned(table: Table) -> plan.Plan:
    """One known column is enough for a list; a header such as 注册号/统一社会信用代码 is a column of any of the numbers that it names."""
    found = plan.make(table, LIST, plan.Known(), least=1)
    named = {plan.header_key(each.text): headers.alternatives(each.text, LIST) for _, each in found.open}
    together = {header: ANY for header, codes in named.items() if codes and NAME not in codes}
    return plan.make(table, LIST, plan.Known(together), least=1) if together else found


def match_rows(rows: list[Matched]) -> None:
    """Fill in who each row is, with a fixed number of questions to the database."""
    register = Register(rows)
    for row in rows:
        register.place(row)


def summary(rows: Iterable[Matched]) -> dict[str, int]:
    """Counts: rows, matched, suggested, unmatched, with_findings (rows whose codes have a problem), without_code."""
    counts = {"rows": 0, "matched": 0, "suggested": 0, "unmatched": 0, "with_findings": 0, "without_code": 0}
    words = {"已匹配": "matched", "仅供参考": "suggested", "未匹配": "unmatched"}
    for row in rows:
        counts["rows"] += 1
        counts[words[row.result]] += 1
        counts["with_findings"] += bool(row.diagnosis)
        counts["without_code"] += not row.checked
    return counts


def _limited(lines: Iterator[tuple[plan.SheetPlan, Line]]) -> Iterator[tuple[plan.SheetPlan, Line]]:
    for count, each in enumerate(lines):
        if count >= MOST_ROWS:
            raise refuse("rows", f"名单超过 {MOST_ROWS} 行。", "请分成几个文件比对。")
        yield each


def _read(sheet: plan.SheetPlan, line: Line) -> Matched:
    raw = sheet.raw(line.cells)
    given = {code: _text(cell) for code, cell in raw.items() if _text(cell)}
    _place_any(given)
    row = Matched(sheet.sheet, line.number, given)
    damaged = {code for code, cell in raw.items() if code != NAME and is_spreadsheet_damage(cell) and _text(cell)}
    diagnose(row, damaged)
    return row


def _place_any(given: dict[str, str]) -> None:
    """A number of a column that takes any kind goes where its form says; where it does not say, it is looked at as a credit code."""
    value = given.pop(ANY, "")
    kind = _BY_FORM.get(oldnumbers.kind_of(clean_code(value)), CODE) if value else ""
    if kind and kind not in given:
        given[kind] = value


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# --- what each code is worth


def diagnose(row: Matched, damaged: Iterable[str] = ()) -> None:
    """Say what each number of a row is worth, and bring it under its kind: `checked` is what the register is asked for."""
    for code in damaged:
        label = LIST.field(code).label
        text = f"{label}被表格软件存成了数值，末几位或前面的0可能已丢失。"
        row.diagnosis.append(
            Finding(f"{code}.float", Level.ERROR, text, "请把该列设为文本格式后重新填写。", field=code)
        )
    for column, check in ((CODE, _credit_code), (ORG_CODE, _organisation_code), (REG_NO, _registration_number)):
        if column in row.given:
            check(row, clean_code(row.given[column]))
    _agree(row)


def _credit_code(row: Matched, normal: str) -> None:
    kind = oldnumbers.kind_of(normal)
    if kind in _OLD:
        _say(row, CODE, f"code.is-{kind.replace('_', '-')}", f"统一社会信用代码列里填了{oldnumbers.in_words(normal)}。")
        row.checked.setdefault(_OLD[kind], normal[6:] if kind == oldnumbers.TAX_NO else normal)
    else:
        if not uscc.is_flawless(normal):
            row.diagnosis += [_at(each, CODE) for each in uscc.check(normal).findings]
        row.checked[CODE] = normal


def _organisation_code(row: Matched, normal: str) -> None:
    if len(normal) == 18:
        valid = uscc.check(normal).is_valid
        word = "完整的统一社会信用代码" if valid else "18位代码，但按统一社会信用代码校验不通过"
        _say(row, ORG_CODE, "org_code.is-code", f"组织机构代码列里填了{word}。")
        if valid and CODE not in row.checked:
            row.checked[CODE] = normal
        row.checked[ORG_CODE] = normal[8:17]
        return
    if len(normal) in (13, 15) and normal.isdigit():
        _say(row, ORG_CODE, "org_code.is-reg-no", "组织机构代码列里填了工商注册号。")
        row.checked.setdefault(REG_NO, normal)
        return
    result = orgcode.check(normal)
    row.diagnosis += [_at(each, ORG_CODE) for each in result.findings]
    row.checked[ORG_CODE] = result.normal


def _registration_number(row: Matched, normal: str) -> None:
    if len(normal) == 18 and uscc.is_well_formed(normal):
        _say(row, REG_NO, "reg_no.is-code", "工商注册号列里填了统一社会信用代码。")
        row.checked.setdefault(CODE, normal)
        return
    if len(normal) == 9 and orgcode.is_well_formed(normal):
        _say(row, REG_NO, "reg_no.is-org-code", "工商注册号列里填了组织机构代码。")
        row.checked.setdefault(ORG_CODE, normal)
        return
    result = regno.check(normal)
    row.diagnosis += [_at(each, REG_NO) for each in result.findings]
    row.checked[REG_NO] = result.normal


def _agree(row: Matched) -> None:
    """Positions 9 to 17 of a credit code are the organisation code."""
    code, organisation = row.checked.get(CODE, ""), row.checked.get(ORG_CODE, "")
    if len(code) == 18 and organisation and code[8:17] != organisation:
        text = f"组织机构代码与统一社会信用代码的第9至17位“{code[8:17]}”不一致。"
        _say(row, ORG_CODE, "org_code.differs", text)


def _say(row: Matched, column: str, rule: str, text: str) -> None:
    row.diagnosis.append(
        Finding(rule, Level.ERROR, text, "请核对原证照。", field=column, value=row.given.get(column, ""))
    )


def _at(finding: Finding, column: str) -> Finding:
    return Finding(finding.rule, finding.level, finding.text, finding.mend, column, finding.value, finding.article)
