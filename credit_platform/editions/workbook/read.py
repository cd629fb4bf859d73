"""An uploaded workbook as rows of cells, and the rows as values: every mistake is listed with its place, none is passed over."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from credit_platform.confined.refusals import refuse
from credit_platform.editions.queries import Named
from credit_platform.editions.workbook.book import CODE, TITLE, Known, Workbook
from credit_platform.editions.workbook.columns import Mistake
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line, column_letters
from credit_platform.gate.table import Table
from credit_platform.web.export import STARTERS

MAX_FILE = 5 * 1024 * 1024
MAX_ROWS = 2_000
SEARCHED_ROWS = 30
LEAST_HEADS = 3
MOST_SHOWN = 60
"""Characters of a cell beside its mistake."""
_MARKS = re.compile(r"[\s*＊★]+")
_BRACKETED = re.compile(r"[(（].*?[)）]")
Book = Workbook[Any, Any]


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
class SoundRow:
    """A sound row: what it speaks of, and its values for the entry."""

    named: Named
    values: dict[str, Any]


def content_of(book: Book, data: bytes, name: str) -> Content:
    """The rows under the header that names the columns, wherever it stands. FileRefused when the file or its header cannot be read."""
    if len(data) > MAX_FILE:
        raise refuse("size", f"文件超过 {MAX_FILE // 1048576} 兆字节，不像是{book.editions.name}。")
    with Table(data, name, kinds=(Kind.XLSX, Kind.XLS, Kind.CSV)) as table:
        for sheet in table.sheets():
            lines = list(itertools.islice(sheet.lines, MAX_ROWS + SEARCHED_ROWS + 1))
            found = _header(book, lines)
            if found is not None:
                return _content(book, lines, *found)
    heads = "".join(f"“{column.label}”" for column in book.all if column.required)
    raise refuse("header", "没有找到表头。", f"表头应含{heads}等栏目，可下载模板填写。")


def _header(book: Book, lines: Sequence[Line]) -> tuple[int, dict[int, str]] | None:
    """The line that names most columns, the code among them, and which column stands where."""
    heads = {_bare(head): each.name for each in book.all for head in (each.label, *each.synonyms)}
    best: tuple[int, dict[int, str]] | None = None
    near = (place for place, line in enumerate(lines) if line.number <= SEARCHED_ROWS)
    for index, line in ((place, lines[place]) for place in near):
        cells = ((place, cell) for place, cell in enumerate(line.cells) if isinstance(cell, str))
        names = {place: heads[bare] for place, cell in cells if (bare := _bare(cell)) in heads}
        known = set(names.values())
        least = min(LEAST_HEADS, len(book.all))
        if CODE in known and len(known) >= least and (best is None or len(known) > len(set(best[1].values()))):
            best = (index, names)
    return best


def _bare(text: str) -> str:
    return _MARKS.sub("", _BRACKETED.sub("", unicodedata.normalize("NFKC", text)))


def _content(book: Book, lines: Sequence[Line], index: int, names: Mapping[int, str]) -> Content:
    letters: dict[str, str] = {}
    problems = []
    for place, name in names.items():
        letter = column_letters(place)
        if name in letters:
            label = book.by_name[name].label
            problems.append(Problem(lines[index].number, letter, label, f"“{label}”有两列。", "请只保留一列。"))
        else:
            letters[name] = letter
    missing = [column.label for column in book.all if column.required and column.name not in letters]
    if missing:
        text = f"缺少必填的栏目：{'、'.join(missing)}。"
        problems.append(Problem(lines[index].number, "", "", text, "请补上这些列，或下载模板填写。"))
    rows = [_row(line, names) for line in lines[index + 1 :]]
    if len(rows) > MAX_ROWS:
        raise refuse("rows", f"超过 {MAX_ROWS} 行，不像是{book.editions.name}。")
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


def checked(book: Book, content: Content) -> tuple[list[SoundRow], list[Problem]]:
    """The sound rows, and every problem of the others; with one problem nothing of the workbook may be taken."""
    problems = list(content.problems)
    if not content.rows:
        problems.append(Problem(None, "", "", "表头下面没有数据。", f"请填写{book.editions.what}后上传。"))
    check = _Check(book, content.letters)
    given = [found for row in content.rows if (found := check.sound(row)) is not None]
    return ([] if content.problems else given), problems + check.problems


class _Check:
    """Goes through the rows; remembers the codes that were there before, and the problems."""

    def __init__(self, book: Book, letters: Mapping[str, str]) -> None:
        self.book, self.letters = book, letters
        self.known = Known()
        self.names = dict(book.editions.identities._default_manager.values_list("code", "name"))
        self.seen: dict[str, int] = {}
        self.problems: list[Problem] = []

    def sound(self, row: Row) -> SoundRow | None:
        """The values of a row, None when something stands against it."""
        before = len(self.problems)
        values = dict(self._values(row))
        self.problems += self._of_the_code(row)
        self.seen.setdefault(row.cells.get(CODE, ""), row.number)
        if len(self.problems) == before:
            self.problems += self._unsound(row, values)
        if len(self.problems) > before:
            return None
        return SoundRow(Named(values.pop(CODE), values.pop(TITLE)), values)

    def _values(self, row: Row) -> Iterator[tuple[str, Any]]:
        for name in self.letters:
            column = self.book.by_name[name]
            try:
                yield name, column.taken(row.cells[name], self.known.of(column))
            except Mistake as mistake:
                self.problems.append(self._at(row, name, mistake.text, mistake.mend))

    def _of_the_code(self, row: Row) -> Iterator[Problem]:
        code, title = row.cells.get(CODE, ""), row.cells.get(TITLE, "")
        if code and code in self.seen:
            text = f"与第{self.seen[code]}行的{self.book.code}重复。"
            yield self._at(row, CODE, text, f"一个{self.book.editions.what}在一个版本里只有一行。")
        if title and self.names.get(code, title) != title:
            mend = "名称有调整的，先在平台管理中修改；新增的请用新编码。"
            yield self._at(row, TITLE, f"编码“{code}”的{self.book.title}是“{self.names[code]}”。", mend)

    def _unsound(self, row: Row, values: Mapping[str, Any]) -> Iterator[Problem]:
        """What stands against the entry that the row would make."""
        editions = self.book.editions
        fields = {name: value for name, value in values.items() if name in editions.fields}
        of = editions.identities(code=values.get(CODE, ""), name=values.get(TITLE, ""))
        for finding in editions.unsound(editions.entries(**{editions.identity: of}, **fields)):
            yield self._at(row, finding.field, finding.text, finding.mend)

    def _at(self, row: Row, name: str, text: str, mend: str) -> Problem:
        label = self.book.by_name[name].label if name in self.book.by_name else ""
        place = f"{self.letters[name]}列 {label}" if name in self.letters else label
        return Problem(row.number, place, row.cells.get(name, "")[:MOST_SHOWN], text, mend)
