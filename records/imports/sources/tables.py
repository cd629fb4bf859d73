"""xlsx, xls and csv against a standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from credit_platform.errors import Finding, Level
from records.identifiers.personal import mask_text
from records.imports import plan
from records.imports.checking import Checker, Chunk, Where, cell_text, row_json
from records.imports.findings import Told, about_file
from records.imports.kinds import Kind
from records.imports.lines import Cells, column_letters, is_blank
from records.imports.plan import Plan, SheetPlan
from records.imports.refusals import refuse
from records.imports.sources.base import Row, refused
from records.imports.table import Table
from records.standards import headers
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

    def check(self, checker: Checker) -> None:
        where = Where(self.sheet.sheet, self.number, self.letters)
        checker.check(self.sheet.raw(self.cells), where, self._extra())

    def refused(self) -> tuple[str, int, bytes]:
        return self.sheet.sheet, self.number, row_json(self.sheet.raw(self.cells))

    def _extra(self) -> tuple[Finding, ...]:
        """In a text file a row longer than the header means that a comma stands inside a value."""
        width = self.sheet.width
        if not self.ragged or len(self.cells) <= width or is_blank(self.cells[width:]):
            return ()
        text = f"这一行有{len(self.cells)}列，表头只有{width}列，内容里可能有未加引号的分隔符。"
        return (Finding("row.too-long", Level.ERROR, text, "请用双引号括住含有逗号的内容，或另存为 xlsx。"),)


@dataclass(slots=True)
class TableSource:
    """xlsx, xls, csv."""

    table: Table
    standard: Standard
    remembered: Mapping[str, str]
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.plan = plan.make(self.table, self.standard, self.remembered)

    @property
    def expected(self) -> int:
        return self.table.expected

    @property
    def waits_for_mapping(self) -> bool:
        return bool(self.plan.sheets) and bool(self.plan.open) and bool(self.plan.missing)

    def mapping_questions(self) -> list[dict[str, object]]:
        samples: dict[tuple[str, int], list[str]] = {}
        for sheet, line in plan.lines_of(self.table, self.plan):
            for header in sheet.open:
                kept = samples.setdefault((sheet.sheet, header.column), [])
                if len(kept) < _SAMPLES and header.column < len(line.cells):
                    kept.append(_sample(line.cells[header.column]))
            if line.number > headers.SEARCHED_ROWS:
                break
        return [
            {
                "sheet": sheet,
                "header": plan.header_key(header.text),
                "suggestions": list(header.suggestions),
                "note": header.note,
                "samples": [text for text in samples.get((sheet, header.column), []) if text],
            }
            for sheet, header in self.plan.open
        ]

    def require_columns(self) -> None:
        if not self.plan.sheets:
            other = f"看起来是“{self.plan.other}”的数据，" if self.plan.other else ""
            raise refuse(
                "no-header",
                f"没有找到“{self.standard.name}”的表头，{other}不能导入。",
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

    def codes(self) -> frozenset[str]:
        return frozenset(code for each in self.plan.sheets for code in each.columns.values())

    def remarks(self) -> list[Told]:
        said = [
            about_file("sheet.skipped", f"工作表“{name}”没有本标准的表头，已跳过。", sheet=name)
            for name in self.plan.skipped
            if self.plan.sheets and name not in _OWN_SHEETS
        ]
        for sheet, header in self.plan.open:
            text = f"未识别的列“{header.text}”，已忽略。{header.note}"
            said.append(about_file("column.unknown", text, "如需导入，请在工作台对应表头。", sheet=sheet))
        for each in self.plan.sheets:
            for column, code in each.duplicates:
                letters = column_letters(column)
                text = f"{letters}列与前面的列都是“{self.standard.field(code).label}”，只读取第一列。"
                said.append(about_file("column.double", text, "请删除多余的列。", sheet=each.sheet))
        return said

    def rows(self) -> Iterator[Row]:
        letters: dict[str, dict[str, str]] = {each.sheet: each.letters() for each in self.plan.sheets}
        ragged = self.table.kind is Kind.CSV
        for sheet, line in plan.lines_of(self.table, self.plan):
            yield TableRow(sheet, line.number, line.cells, letters[sheet.sheet], ragged)

    def refused_rows(self, numbers: set[int]) -> Chunk:
        return refused(self.rows(), numbers)


_OWN_SHEETS = frozenset({"填报说明", "代码表", "填写说明", "说明"})


def _sample(cell: object) -> str:
    """A cell as the mapping page shows it: personal numbers are hidden, for samples are kept in clear."""
    return mask_text(cell_text(cell)[:40])
