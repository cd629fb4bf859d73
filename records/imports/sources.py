"""A file opened against a standard: what it holds, what is unclear about its columns, and its rows one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from credit_platform.errors import Finding, Level, Refused
from records.identifiers.personal import mask_text
from records.imports import plan, readers
from records.imports.checking import Checker, Chunk, Where, cell_text, sealed_row
from records.imports.findings import Told, about_file
from records.imports.guard import Checked
from records.imports.kinds import Kind
from records.imports.plan import Plan, SheetPlan
from records.imports.readers import Table
from records.imports.refusals import FileRefused, refuse
from records.models import CatalogueEntry, HeaderMapping, ImportBatch
from records.queries.catalogue import LOCAL, standard_for
from records.standards import headers, registry
from records.standards.declaration import Standard
from records.standards.headers import HeaderMatch

_SAMPLES = 3


def standard_of(code: str, entry: CatalogueEntry) -> Standard:
    """The standard a file is read by: the declared one (old layouts too), or the list of fields of a local item. Refused when the item
    is filled in another standard."""
    if entry.standard == LOCAL or code not in {each.code for each in registry.all()}:
        return standard_for(entry)
    declared = registry.get(code)
    if entry.standard not in (declared.code, declared.accepted_as):
        raise Refused(
            "catalogue.other-standard",
            f"目录事项 {entry.item.code} 不使用数据标准“{declared.name}”。",
            mend=f"请按“{standard_for(entry).name}”报送，或核对目录事项。",
        )
    return declared


class Row(Protocol):
    """One row that can put itself before the checker."""

    def check(self, checker: Checker) -> None:
        """Check it; the result goes into the checker's chunk."""

    def sealed(self) -> tuple[str, int, str]:
        """Sheet, row and the encrypted cells."""


class Source(Protocol):
    """What the engine needs of a file."""

    expected: int

    @property
    def waits_for_mapping(self) -> bool:
        """Whether a person could explain unknown headers and required fields are missing."""

    def mapping_questions(self) -> list[dict[str, object]]:
        """The unknown headers with samples, for the page that asks."""

    def require_columns(self) -> None:
        """FileRefused when required fields have no column, or nothing was recognised."""

    def remarks(self) -> list[Told]:
        """Findings about the file as a whole."""

    def rows(self) -> Iterator[Row]:
        """The data rows, the same every time."""

    def sealed_rows(self, numbers: set[int]) -> Chunk:
        """The rows with these numbers (from 1, in the order of `rows`) as refused rows."""


def open_source(data: bytes, checked: Checked, standard: Standard, batch: ImportBatch) -> Source:
    """Open a file for a batch, with what its department mapped by hand before."""
    if checked.kind is Kind.JSON:
        return JsonSource(list(readers.json_objects(data)), standard)
    return TableSource(data, checked, standard, remembered(batch))


def remembered(batch: ImportBatch) -> dict[str, str]:
    """Header → field: what the department once mapped, and what was mapped for this batch."""
    rows = HeaderMapping.objects.filter(department_id=batch.department_id, standard=batch.standard)
    return dict(rows.values_list("header", "field")) | dict(batch.mapping)


def nothing_in_it() -> FileRefused:
    """The refusal of a table without data rows."""
    return refuse("no-rows", "文件里没有数据行。", "请在表头下面填写数据后重新上传。")


@dataclass(slots=True)
class TableRow:
    """A row of a sheet."""

    sheet: SheetPlan
    number: int
    cells: readers.Cells
    letters: Mapping[str, str]
    ragged: bool

    def check(self, checker: Checker) -> None:
        where = Where(self.sheet.sheet, self.number, self.letters)
        checker.check(self.sheet.raw(self.cells), where, self._extra())

    def sealed(self) -> tuple[str, int, str]:
        return self.sheet.sheet, self.number, sealed_row(self.sheet.raw(self.cells))

    def _extra(self) -> tuple[Finding, ...]:
        """In a text file a row longer than the header means that a comma stands inside a value."""
        width = self.sheet.width
        if not self.ragged or len(self.cells) <= width or readers.is_blank(self.cells[width:]):
            return ()
        text = f"这一行有{len(self.cells)}列，表头只有{width}列，内容里可能有未加引号的分隔符。"
        return (Finding("row.too-long", Level.ERROR, text, "请用双引号括住含有逗号的内容，或另存为 xlsx。"),)


@dataclass(slots=True)
class TableSource:
    """xlsx, xls, csv."""

    data: bytes
    checked: Checked
    standard: Standard
    remembered: Mapping[str, str]
    expected: int = 0
    table: Table = field(init=False)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.table = Table(self.data, self.checked)
        self.plan = plan.make(self.table, self.standard, self.remembered)
        self.expected = self.data.count(b"\n") if self.checked.kind is Kind.CSV else 0

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
                letters = readers.column_letters(column)
                text = f"{letters}列与前面的列都是“{self.standard.field(code).label}”，只读取第一列。"
                said.append(about_file("column.double", text, "请删除多余的列。", sheet=each.sheet))
        return said

    def rows(self) -> Iterator[Row]:
        letters: dict[str, dict[str, str]] = {each.sheet: each.letters() for each in self.plan.sheets}
        ragged = self.checked.kind is Kind.CSV
        for sheet, line in plan.lines_of(self.table, self.plan):
            yield TableRow(sheet, line.number, line.cells, letters[sheet.sheet], ragged)

    def sealed_rows(self, numbers: set[int]) -> Chunk:
        return _sealed(self.rows(), numbers)


_OWN_SHEETS = frozenset({"填报说明", "代码表", "填写说明", "说明"})


@dataclass(slots=True)
class JsonRow:
    """An object of a JSON array, already brought to field codes; `refusal` says why it belongs elsewhere."""

    number: int
    raw: dict[str, object]
    refusal: Finding | None = None
    extra: tuple[Finding, ...] = ()

    def check(self, checker: Checker) -> None:
        where = Where("", self.number)
        if self.refusal is not None:
            checker.refuse_row(self.raw, where, self.refusal)
        else:
            checker.check(self.raw, where, self.extra)

    def sealed(self) -> tuple[str, int, str]:
        return "", self.number, sealed_row(self.raw)


class JsonSource:
    """Objects keyed by field codes or labels, each with its number from 1."""

    def __init__(self, objects: list[tuple[int, dict[str, object]]], standard: Standard) -> None:
        self.standard = standard
        self.objects = objects
        self.expected = len(self.objects)
        self._matches: dict[tuple[str, ...], tuple[HeaderMatch, str]] = {}

    waits_for_mapping = False

    def mapping_questions(self) -> list[dict[str, object]]:
        return []

    def require_columns(self) -> None:
        if all(self._match(row)[0].score == 0 or self._match(row)[1] for _, row in self.objects):
            other = next((self._match(row)[1] for _, row in self.objects if self._match(row)[1]), "")
            told = f"，看起来是“{other}”的数据" if other else ""
            raise refuse(
                "no-header", f"没有一项是“{self.standard.name}”的数据{told}。", "请核对选择的数据标准和字段代码。"
            )

    def remarks(self) -> list[Told]:
        unknown: dict[str, None] = {}
        for _, row in self.objects:
            match, other = self._match(row)
            if not other:
                unknown |= {header.text: None for header in match.unmatched}
        if not unknown:
            return []
        text = f"不属于本标准的字段已忽略：{'、'.join(unknown)}"
        return [about_file("column.unknown", text[:480])]

    def rows(self) -> Iterator[Row]:
        for number, row in self.objects:
            yield self._row(number, row)

    def sealed_rows(self, numbers: set[int]) -> Chunk:
        return _sealed(self.rows(), numbers)

    def _row(self, number: int, row: dict[str, object]) -> JsonRow:
        match, other = self._match(row)
        keys = tuple(row)
        raw = {code: row[keys[index]] for index, code in match.columns.items()}
        if other:
            text = f"这一项是“{other}”的数据，不属于本次导入的“{self.standard.name}”。"
            mend = f"请选择“{other}”另行导入。"
            return JsonRow(number, dict(row), Finding("row.other-standard", Level.ERROR, text, mend))
        nested = [code for code, cell in raw.items() if isinstance(cell, dict | list)]
        extra = tuple(
            Finding("cell.nested", Level.ERROR, "字段的值不能是数组或对象。", "请填写文本或数字。", field=code)
            for code in nested
        )
        return JsonRow(number, {code: cell for code, cell in raw.items() if code not in nested}, None, extra)

    def _match(self, row: dict[str, object]) -> tuple[HeaderMatch, str]:
        """How the keys of an object fit; and the name of the standard that they fit better."""
        keys = tuple(row)
        if keys not in self._matches:
            mine = headers.match(keys, self.standard)
            best = headers.detect([keys])
            other = ""
            if best and best[0].standard.code != self.standard.code and _better(best[0].found.match, mine):
                other = best[0].standard.name
            self._matches[keys] = (mine, other)
        return self._matches[keys]


def _better(other: HeaderMatch, mine: HeaderMatch) -> bool:
    return len(other.columns) > 2 * len(mine.columns)


def _sealed(rows: Iterator[Row], numbers: set[int]) -> Chunk:
    chunk = Chunk()
    for number, row in enumerate(rows, start=1):
        if number in numbers:
            chunk.bad.append(row.sealed())
    return chunk


def _sample(cell: object) -> str:
    """A cell as the mapping page shows it: personal numbers are hidden, for samples are kept in clear."""
    return mask_text(cell_text(cell)[:40])
