"""批量比对: a list of names and numbers against the register. Nothing is stored; every code is diagnosed, matched or not.

A credit code leads to its subject. Without one an old number leads to it when the name agrees (present or former). A name alone is
only ever a suggestion: equal names are not equal subjects (traps 21 and the published lists of before 2016, which carry old numbers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from credit_platform.errors import Finding, Level
from records.identifiers import names, orgcode, regno, uscc
from records.identifiers.clean import clean_code, is_spreadsheet_damage
from records.imports import guard, plan, readers
from records.imports.copying import query
from records.imports.kinds import Kind
from records.imports.refusals import refuse
from records.standards.declaration import Field, FieldType, Standard

MOST_ROWS = 50_000
NAME, CODE, REG_NO, ORG_CODE, TAX_NO = "name", "code", "reg_no", "org_code", "tax_no"
_SUGGESTED = 3

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
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A subject of the register as a match shows it."""

    pk: int
    code: str
    name: str


@dataclass(slots=True)
class Matched:
    """One row of the list: what was given, who it is, how that was found out, and what every code is worth."""

    sheet: str
    row: int
    given: dict[str, str]
    subject: Known | None = None
    how: str = ""
    note: str = ""
    suggestions: list[Known] = field(default_factory=list)
    diagnosis: list[Finding] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """One word: 已匹配, 仅供参考, 未匹配."""
        return "已匹配" if self.subject else "仅供参考" if self.suggestions else "未匹配"

    @property
    def told(self) -> str:
        """The diagnosis of the codes as one text; “代码有效” when nothing stands against them, “未填代码” without any."""
        if self.diagnosis:
            return " ".join(each.text for each in self.diagnosis)
        return "代码有效" if self.checked else "未填代码"


def match_file(data: bytes, name: str) -> list[Matched]:
    """Read a workbook or text file and match its rows. FileRefused when it cannot be read or has no column of names or codes."""
    checked = guard.check(data, name)
    if checked.kind is Kind.JSON:
        raise refuse("kind", "批量比对只接受表格文件。", "可上传 xlsx、xls、csv 文件。")
    table = readers.Table(data, checked)
    found = plan.make(table, LIST, {})
    if not any(set(each.columns.values()) & {NAME, CODE, REG_NO, ORG_CODE} for each in found.sheets):
        raise refuse(
            "no-header",
            "没有找到名称或代码列。",
            "表头应含有“名称”“统一社会信用代码”“工商注册号”“组织机构代码”等字样。",
        )
    rows = [_read(sheet, line) for sheet, line in _limited(plan.lines_of(table, found))]
    match_rows(rows)
    return rows


def match_rows(rows: list[Matched]) -> None:
    """Fill in who each row is, with a fixed number of questions to the database."""
    register = _Register(rows)
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


def _limited(lines: Iterator[tuple[plan.SheetPlan, readers.Line]]) -> Iterator[tuple[plan.SheetPlan, readers.Line]]:
    for count, each in enumerate(lines):
        if count >= MOST_ROWS:
            raise refuse("rows", f"名单超过 {MOST_ROWS} 行。", "请分成几个文件比对。")
        yield each


def _read(sheet: plan.SheetPlan, line: readers.Line) -> Matched:
    raw = sheet.raw(line.cells)
    given = {code: _text(cell) for code, cell in raw.items() if _text(cell)}
    row = Matched(sheet.sheet, line.number, given)
    damaged = {code for code, cell in raw.items() if code != NAME and is_spreadsheet_damage(cell) and _text(cell)}
    _diagnose(row, damaged)
    return row


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()


# --- what each code is worth


def _diagnose(row: Matched, damaged: set[str]) -> None:
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
    if len(normal) == 9 and orgcode.is_well_formed(normal):
        _say(row, CODE, "code.is-org-code", "统一社会信用代码列里填了9位组织机构代码。")
        row.checked.setdefault(ORG_CODE, normal)
    elif len(normal) in (13, 15) and normal.isdigit():
        _say(row, CODE, "code.is-reg-no", f"统一社会信用代码列里填了{len(normal)}位工商注册号。")
        row.checked.setdefault(REG_NO, normal)
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


# --- who it is


class _Register:
    """What the register knows of the numbers and names of a list."""

    def __init__(self, rows: list[Matched]) -> None:
        self.by_code: dict[str, Known] = {}
        self.by_number: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self.names: dict[int, dict[str, bool]] = defaultdict(dict)
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self._codes({row.checked[CODE] for row in rows if CODE in row.checked})
        self._organisations({row.checked[ORG_CODE] for row in rows if ORG_CODE in row.checked})
        self._numbers({row.checked[kind] for row in rows for kind in (REG_NO, ORG_CODE) if kind in row.checked})
        self._numbers({clean_code(row.given[TAX_NO]) for row in rows if TAX_NO in row.given})
        self._names({names.normalise(row.given[NAME]) for row in rows if NAME in row.given})

    def _codes(self, codes: set[str]) -> None:
        found = query(
            f"SELECT w.value, {_KNOWN} FROM (SELECT value, subject_id FROM records_subjectidentifier "  # noqa: S608
            f"WHERE kind = 'former_code' AND value = ANY(%s)) w JOIN records_subject o ON o.id = w.subject_id {_STANDING} "
            f"UNION ALL SELECT o.code, {_KNOWN} FROM records_subject o {_STANDING} WHERE o.code = ANY(%s)",
            [sorted(codes), sorted(codes)],
        )
        for value, *known in found:
            self.by_code[str(value)] = _known(known)

    def _organisations(self, values: set[str]) -> None:
        found = query(
            f"SELECT substr(o.code, 9, 9), {_KNOWN} FROM records_subject o {_STANDING} "  # noqa: S608
            "WHERE substr(o.code, 9, 9) = ANY(%s) AND o.code IS NOT NULL",
            [sorted(values)],
        )
        for value, *known in found:
            self.by_number[ORG_CODE, str(value)].append(_known(known))

    def _numbers(self, values: set[str]) -> None:
        found = query(
            f"SELECT i.kind, i.value, {_KNOWN} FROM records_subjectidentifier i JOIN records_subject o ON o.id = i.subject_id "  # noqa: S608
            f"{_STANDING} WHERE i.value = ANY(%s)",
            [sorted(values)],
        )
        for kind, value, *known in found:
            held = self.by_number[str(kind), str(value)]
            if _known(known) not in held:
                held.append(_known(known))

    def _names(self, normals: set[str]) -> None:
        found = query(
            f"SELECT n.normal, n.is_current, {_KNOWN} FROM records_subjectname n JOIN records_subject o ON o.id = n.subject_id "  # noqa: S608
            f"{_STANDING} WHERE n.normal = ANY(%s) ORDER BY n.is_current DESC, s.id",
            [sorted(normals - {""})],
        )
        for normal, current, *known in found:
            subject = _known(known)
            self.names[subject.pk][str(normal)] = bool(current) or self.names[subject.pk].get(str(normal), False)
            if subject not in self.by_name[str(normal)]:
                self.by_name[str(normal)].append(subject)

    def place(self, row: Matched) -> None:
        """Decide about one row."""
        normal = names.normalise(row.given.get(NAME, ""))
        subject = self.by_code.get(row.checked.get(CODE, ""))
        if subject is not None:
            row.subject, row.how = subject, "统一社会信用代码"
            row.note = self._name_note(subject, normal, row.given.get(NAME, ""))
            return
        for kind, word in ((ORG_CODE, "组织机构代码"), (REG_NO, "工商注册号"), (TAX_NO, "税务登记号")):
            value = row.checked.get(kind) or (clean_code(row.given[kind]) if kind in row.given else "")
            for candidate in self.by_number.get((kind, value), ()):
                if normal and normal in self.names[candidate.pk]:
                    former = not self.names[candidate.pk][normal]
                    row.subject, row.how = candidate, f"{word}和{'曾用名' if former else '名称'}"
                    row.note = f"现用名称为“{candidate.name}”。" if former else ""
                    return
                if candidate not in row.suggestions:
                    row.suggestions.append(candidate)
                    row.note = f"{word}相符，名称不符，请人工核对。"
        if not row.suggestions and normal:
            row.suggestions = self.by_name.get(normal, [])[:_SUGGESTED]
            if row.suggestions:
                row.note = "仅名称相同，不能确认为同一主体，请按代码核对。"

    def _name_note(self, subject: Known, normal: str, given: str) -> str:
        if not given or names.normalise(subject.name) == normal:
            return ""
        if normal in self.names[subject.pk]:
            return f"名单所列为曾用名，现用名称为“{subject.name}”。"
        return f"代码相符，但档案名称为“{subject.name}”，请核对。"


_KNOWN = "s.id, coalesce(s.code, ''), s.name"
_STANDING = "JOIN records_subject s ON s.id = coalesce(o.merged_into_id, o.id) AND s.merged_into_id IS NULL AND s.kind <> 'person'"


def _known(values: list[object]) -> Known:
    pk, code, name = values
    return Known(int(str(pk)), str(code), str(name))
