"""An uploaded workbook as rows of cells, and the rows as values: every mistake is listed with its place, none is passed over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from commitments.models import Matter
from commitments.rules.kinds import CommitmentType
from commitments.workbook.columns import BY_NAME, COLUMNS, Known, Mistake
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line, column_letters
from credit_platform.gate.refusals import refuse
from credit_platform.gate.table import Table
from credit_platform.web.export import STARTERS
from records.standards.texts import half_width

MAX_FILE = 5 * 1024 * 1024
MAX_ROWS = 2_000
SEARCHED_ROWS = 30
LEAST_HEADS = 3
_MARKS = re.compile(r"[\s*＊★]+")
_BRACKETED = re.compile(r"[(（].*?[)）]")
_SYNONYMS = {
    "事项代码": "code",
    "编码": "code",
    "名称": "title",
    "责任单位": "department",
    "部门": "department",
    "措施编码": "measures",
}
"""Other words that people use for a column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its number as the spreadsheet shows it, and the texts of its cells by the name of the column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what was written, what is wrong and how to mend it."""

    row: int | None
    column: str
    value: str
    text: str
    mend: str = ""


@dataclass(slots=True)
class Content:
    """What a workbook holds: `letters` tells in which column of the sheet each column stands."""

    rows: list[Row]
    letters: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Given:
    """A sound row: the matter, its values for the entry, and the codes of its measures (None: the column is not there)."""

    code: str
    title: str
    values: dict[str, Any]
    measures: list[str] | None


def content_of(data: bytes, name: str) -> Content:
    """The rows under the header that names the columns, wherever it stands. FileRefused when the file or its header cannot be read."""
    if len(data) > MAX_FILE:
        raise refuse("size", f"文件超过 {MAX_FILE // 1048576} 兆字节，不像是承诺事项清单。")
    with Table(data, name, kinds=(Kind.XLSX, Kind.XLS, Kind.CSV)) as table:
        for sheet in table.sheets():
            lines = list(itertools.islice(sheet.lines, MAX_ROWS + SEARCHED_ROWS + 1))
            found = _header(lines)
            if found is not None:
                return _content(lines, *found)
    raise refuse("header", "没有找到表头。", "表头应含“事项编码”“事项名称”“受理单位”等栏目，可下载模板填写。")


def _header(lines: Sequence[Line]) -> tuple[int, dict[int, str]] | None:
    best: tuple[int, dict[int, str]] | None = None
    near = (place for place, line in enumerate(lines) if line.number <= SEARCHED_ROWS)
    for index, line in ((place, lines[place]) for place in near):
        names = {place: name for place, cell in enumerate(line.cells) if (name := _named(cell))}
        known = set(names.values())
        if "code" in known and len(known) >= LEAST_HEADS and (best is None or len(known) > len(set(best[1].values()))):
            best = (index, names)
    return best


def _bare(text: str) -> str:
    return _MARKS.sub("", _BRACKETED.sub("", half_width(text)))


_HEADS = {_bare(column.label): column.name for column in COLUMNS} | _SYNONYMS


def _named(cell: object) -> str:
    return _HEADS.get(_bare(cell), "") if isinstance(cell, str) else ""


def _content(lines: Sequence[Line], index: int, names: Mapping[int, str]) -> Content:
    letters: dict[str, str] = {}
    problems = []
    for place, name in names.items():
        letter = column_letters(place)
        if name in letters:
            label = BY_NAME[name].label
            problems.append(Problem(lines[index].number, letter, label, f"“{label}”有两列。", "请只保留一列。"))
        else:
            letters[name] = letter
    missing = [column.label for column in COLUMNS if column.required and column.name not in letters]
    if missing:
        text = f"缺少必填的栏目：{'、'.join(missing)}。"
        problems.append(Problem(lines[index].number, "", "", text, "请补上这些列，或下载模板填写。"))
    rows = [_row(line, names) for line in lines[index + 1 :]]
    if len(rows) > MAX_ROWS:
        raise refuse("rows", f"超过 {MAX_ROWS} 行，不像是承诺事项清单。")
    return Content(rows, letters, problems)


def _row(line: Line, names: Mapping[int, str]) -> Row:
    cells: dict[str, str] = {}
    for place, name in names.items():
        cells.setdefault(name, _text(line.cells[place]) if place < len(line.cells) else "")
    return Row(line.number, cells)


def _text(cell: object) -> str:
    """A cell as people see it; the apostrophe that keeps a text from being a formula is taken off again."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\r\n", "\n").strip()
    return text[1:] if text[:1] == "'" and text[1:].lstrip().startswith(STARTERS) else text


def checked(content: Content, known: Known) -> tuple[list[Given], list[Problem]]:
    """The sound rows, and every problem of the others; with one problem nothing of the workbook may be taken."""
    problems = list(content.problems)
    if not content.rows:
        problems.append(Problem(None, "", "", "表头下面没有数据。", "请填写事项后上传。"))
    names = dict(Matter.objects.values_list("code", "name"))
    given: list[Given] = []
    seen: dict[str, int] = {}
    for row in content.rows:
        found = list(_mistakes(row, content.letters, known, names, seen))
        problems += found
        seen.setdefault(row.cells.get("code", ""), row.number)
        if not found and not content.problems:
            given.append(_given(row, known))
    return given, problems


def _mistakes(
    row: Row, letters: Mapping[str, str], known: Known, names: Mapping[str, str], seen: Mapping[str, int]
) -> Iterable[Problem]:
    def at(name: str, text: str, mend: str) -> Problem:
        place = f"{letters[name]}列 {BY_NAME[name].label}" if name in letters else BY_NAME[name].label
        return Problem(row.number, place, row.cells.get(name, "")[:60], text, mend)

    for name in letters:
        try:
            BY_NAME[name].taken(row.cells[name], known)
        except Mistake as mistake:
            yield at(name, mistake.text, mistake.mend)
    code, title = row.cells.get("code", ""), row.cells.get("title", "")
    if code and code in seen:
        yield at("code", f"与第{seen[code]}行的事项编码重复。", "一个事项在一个版本里只有一行。")
    if title and names.get(code, title) != title:
        mend = "名称有调整的，先在“承诺事项”中修改；新事项请用新编码。"
        yield at("title", f"编码“{code}”的事项名称是“{names[code]}”。", mend)
    shortfall = row.cells.get("commitment_type") in (CommitmentType.SHORTFALL.value, "容缺受理型")
    if shortfall and not row.cells.get("shortfall_after"):
        yield at("shortfall_after", "容缺受理型事项须填写材料补正期限。", "请填写天数。")


def _given(row: Row, known: Known) -> Given:
    values = {name: BY_NAME[name].taken(text, known) for name, text in row.cells.items()}
    return Given(values.pop("code"), values.pop("title"), values, values.pop("measures", None))
