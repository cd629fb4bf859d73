"""xlsx, xls and csv against a standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from credit_platform.errors import Finding, Level
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import NO_RESULT, Cells, Line, column_letters, is_blank
from credit_platform.gate.refusals import FileRefused, refuse
from credit_platform.gate.table import Table
from records.identifiers.personal import mask_text, removed
from records.imports.reading import plan
from records.imports.reading.checking import Checker, Chunk, Where, cell_text, row_json
from records.imports.reading.findings import PlacedFinding, about_file
from records.imports.reading.plan import Plan, SheetPlan, UnitFrom
from records.imports.reading.sources.base import Row, refused
from records.standards import headers, units
from records.standards.apart import Apart
from records.standards.declaration import Standard

_SAMPLES = 3


@dataclass(slots=True)
class TableRow:
    """A row of a sheet."""

    sheet: SheetPlan
    number: int
    cells: Cells
    letters: Mapping[str, str]
    ragged: bool
    faults: Mapping[int, str] | None = None

    def check(self, checker: Checker) -> None:
        where = Where(self.sheet.shown, self.number, self.letters)
        extra = (*self._extra(), *self._without_value()) if self.faults else self._extra()
        checker.check(self.sheet.raw(self.cells), where, extra)

    def refused(self) -> tuple[str, int, bytes]:
        return self.sheet.shown, self.number, row_json(self.sheet.raw(self.cells))

    def _extra(self) -> tuple[Finding, ...]:
        """In a text file a row longer than the header means that a comma stands inside a value."""
        width = self.sheet.width
        if not self.ragged or len(self.cells) <= width or is_blank(self.cells[width:]):
            return ()
        text = f"这一行有{len(self.cells)}列，表头只有{width}列，内容里可能有未加引号的分隔符。"
        return (Finding("row.too-long", Level.ERROR, text, "请用双引号括住含有逗号的内容，或另存为 xlsx。"),)

    def _without_value(self) -> Iterator[Finding]:
        """Cells of known columns that hold an error, or a formula that nobody calculated."""
        for index, fault in (self.faults or {}).items():
            code = self.sheet.columns.get(index)
            if code is None:
                continue
            if fault == NO_RESULT:
                mend = "请用 Excel 或 WPS 打开并保存一次，或把公式“选择性粘贴—数值”后重新上传。"
                yield Finding("cell.no-result", Level.ERROR, "公式没有计算结果。", mend, field=code)
            else:
                text = f"单元格为错误值（{fault}）。"
                yield Finding(
                    "cell.error-value", Level.ERROR, text, "请更正公式，或直接填写内容。", field=code, value=fault
                )


@dataclass(slots=True)
class LeftOutRow:
    """A row that is no record: told, kept to be had back, and counted nowhere."""

    sheet: SheetPlan
    line: Line
    why: Finding

    def check(self, checker: Checker) -> None:
        shown = next((cell for cell in self.line.cells if isinstance(cell, str) and cell.strip()), "")
        told = replace(self.why, value=_sample(shown))
        checker.leave_out(self.sheet.raw(self.line.cells), Where(self.sheet.shown, self.line.number), told)

    def refused(self) -> tuple[str, int, bytes]:
        return self.sheet.shown, self.line.number, row_json(self.sheet.raw(self.line.cells))


class OtherKind(FileRefused):
    """The file plainly follows another standard than the chosen one; nothing is asked or remembered about its headers."""

    def __init__(self, other: Standard, chosen: Standard) -> None:
        text = f"这像是“{other.name}”的表格，您选择的是“{chosen.name}”。"
        super().__init__("import.other-kind", text, mend=f"请改按“{other.name}”导入，或核对选择的文件。")
        self.other = other


@dataclass(slots=True)
class TableSource:
    """xlsx, xls, csv."""

    table: Table
    standard: Standard
    known: plan.Known
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.plan = plan.make(self.table, self.standard, self.known)

    @property
    def expected(self) -> int:
        return self.table.expected

    @property
    def waits_for_mapping(self) -> bool:
        if self.plan.other:
            return False
        return bool(self.plan.without_unit) or bool(self.plan.open and self.plan.missing)

    def mapping_questions(self) -> list[dict[str, object]]:
        samples = self._samples()
        if not (self.plan.open and self.plan.missing):
            return []
        return [
            {
                "sheet": removed(sheet),
                "header": plan.header_key(header.text),
                "suggestions": list(header.suggestions),
                "note": header.note,
                "samples": [text for text in samples.get((sheet, header.column), []) if text],
            }
            for sheet, header in self.plan.open
        ]

    def unit_questions(self) -> list[dict[str, object]]:
        samples = self._samples()
        asked: dict[str, dict[str, object]] = {}
        for sheet, each in self.plan.without_unit:
            at = next(index for index, code in self._sheet(sheet).columns.items() if code == each.code)
            texts = [text for text in samples.get((sheet, at), []) if text]
            key = plan.header_key(each.header)
            asked.setdefault(key, {"header": key, "code": each.code, "samples": texts})
        return list(asked.values())

    def _sheet(self, name: str) -> SheetPlan:
        return next(each for each in self.plan.sheets if each.sheet == name)

    def _samples(self) -> dict[tuple[str, int], list[str]]:
        """The first cells of the columns that somebody is to explain."""
        samples: dict[tuple[str, int], list[str]] = {}
        for sheet, line in plan.lines_of(self.table, self.plan):
            amounts = {each.code for each in sheet.amounts if not each.unit}
            columns = [header.column for header in sheet.open]
            columns += [index for index, code in sheet.columns.items() if code in amounts]
            for column in columns:
                kept = samples.setdefault((sheet.sheet, column), [])
                if len(kept) < _SAMPLES and column < len(line.cells):
                    kept.append(_sample(line.cells[column]))
            if line.number > headers.SEARCHED_ROWS:
                break
        return samples

    def require_columns(self) -> None:
        if self.plan.other:
            raise OtherKind(self.plan.other, self.standard)
        if not self.plan.sheets:
            raise refuse(
                "no-header",
                f"没有找到“{self.standard.name}”的表头，不能导入。",
                "请核对选择的数据标准，或下载模板按模板填写。",
            )
        if self.plan.missing:
            unknown = "、".join(header.text for _, header in self.plan.open)
            told = f"；未识别的列：{unknown}" if unknown else ""
            raise refuse(
                "columns-missing",
                f"缺少必填的列：{'、'.join(self.plan.missing)}{told}。",
                "请补齐列，或在工作台导入时逐列对应表头。",
            )
        if self.plan.without_unit:
            named = "、".join(dict.fromkeys(each.header for _, each in self.plan.without_unit))
            raise refuse(
                "unit-missing",
                f"金额列“{named}”没有写明单位是元还是万元。",
                "请在表头写明，如“罚款金额(万元)”，或在表头上方注明“单位：元”；用命令导入的可加 --unit。",
            )

    def codes(self) -> frozenset[str]:
        return frozenset(code for each in self.plan.sheets for code in each.columns.values())

    def remarks(self) -> list[PlacedFinding]:
        said = [
            about_file("sheet.skipped", f"工作表“{name}”没有本标准的表头，已跳过。", sheet=name)
            for name in self.plan.skipped
            if self.plan.sheets and name not in _OWN_SHEETS
        ]
        said += self._hidden()
        for sheet, header in self.plan.open:
            text = f"未识别的列“{header.text}”，已忽略。{header.note}"
            said.append(about_file("column.unknown", text, "如需导入，请在工作台对应表头。", sheet=sheet))
        for each in self.plan.sheets:
            said += [_unit_told(each, amount, self.standard) for amount in each.amounts if _worth_telling(each, amount)]
            for column, code in each.duplicates:
                letters = column_letters(column)
                text = f"{letters}列与前面的列都是“{self.standard.field(code).label}”，只读取第一列。"
                said.append(about_file("column.double", text, "请删除多余的列。", sheet=each.sheet))
        return said

    def _hidden(self) -> Iterator[PlacedFinding]:
        """What the workbook keeps from sight: read or left out, it is told."""
        sheets, rows = self.table.hidden()
        for name in sheets:
            mend = "需要导入的，请取消隐藏后重新上传。"
            yield about_file("sheet.hidden", f"工作表“{name}”是隐藏的，没有读取。", mend, sheet=name)
        for each in self.plan.sheets:
            found = [number for number in rows.get(each.sheet, ()) if number > each.data_from]
            if found:
                text = f"有 {len(found)} 个隐藏（或被筛选掉）的行，如第 {found[0]} 行，已一并读取。"
                yield about_file("row.hidden", text, "不需要导入的，请删除后重新上传。", sheet=each.sheet)

    def rows(self) -> Iterator[Row]:
        letters: dict[str, dict[str, str]] = {each.sheet: each.letters() for each in self.plan.sheets}
        ragged = self.table.kind is Kind.CSV
        apart, last = Apart(self.standard), None
        for sheet, line in plan.lines_of(self.table, self.plan):
            first, last = sheet.sheet != last, sheet.sheet
            raw = sheet.raw(line.cells)
            why = apart.why(line.cells, raw, first=first)
            if why is not None:
                yield LeftOutRow(sheet, line, why)
                continue
            yield TableRow(sheet, line.number, line.cells, letters[sheet.sheet], ragged, line.faults)

    def refused_rows(self, numbers: set[int]) -> Chunk:
        return refused(self.rows(), numbers)


_OWN_SHEETS = frozenset({"填报说明", "代码表", "填写说明", "说明"})


_UNIT_SAID = {
    UnitFrom.HEADER: "表头写明的单位",
    UnitFrom.NOTE: "表内注明的单位",
    UnitFrom.ANSWER: "选择的单位",
}


def _worth_telling(sheet: SheetPlan, amount: plan.AmountColumn) -> bool:
    return amount.source in (UnitFrom.NOTE, UnitFrom.ANSWER) or amount.code in sheet.factors


def _unit_told(sheet: SheetPlan, amount: plan.AmountColumn, standard: Standard) -> PlacedFinding:
    text = f"“{amount.header}”列按{_UNIT_SAID.get(amount.source, '单位')}“{amount.unit}”读取"
    if amount.code in sheet.factors:
        text += f"，已换算为{units.own_unit(standard.field(amount.code))}"
    mend = "单元格内写有单位的，以单元格为准。"
    if amount.source is UnitFrom.ANSWER:
        mend += "单位有误的，请撤回本批次，在“已记住的表头”中删除后重新导入。"
    return about_file("amount.unit", f"{text}。", mend, sheet=sheet.sheet)


def _sample(cell: object) -> str:
    """A cell as the mapping page shows it: personal numbers are hidden, for samples are kept in clear."""
    return mask_text(cell_text(cell)[:40])
