"""Rows of a file, whatever its kind, as (sheet, row number, cells). Nothing here knows a standard."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
from collections.abc import Iterator

from records.imports import guard
from records.imports.guard import Checked, too_many_rows
from records.imports.kinds import Kind
from records.imports.lines import Cells, Line, Sheet
from records.imports.refusals import refuse
from records.imports.sheets import Book

MAX_CELL_TEXT = 32_767
_STEP = 1024 * 1024
_DELIMITERS = ",\t;|"


class Table:
    """An opened table file (xlsx, xls, csv): its sheets can be gone through any number of times."""

    def __init__(self, data: bytes, checked: Checked) -> None:
        self._data = data
        self._book = None if checked.kind is Kind.CSV else Book(data, checked)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in order; hidden ones are left out. FileRefused when the file cannot be read."""
        if self._book is None:
            yield Sheet("", _csv_lines(self._data))
        else:
            yield from self._book.sheets()


# --- text


def decode(data: bytes) -> str:
    """Text as UTF-8 (with or without mark) or GB18030; FileRefused when it is neither."""
    return data.decode(_encoding(data))


def _encoding(data: bytes) -> str:
    """The encoding of a text, tried piece by piece."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        view = memoryview(data)
        try:
            for at in range(0, len(view), _STEP):
                decoder.decode(view[at : at + _STEP], at + _STEP >= len(view))
        except UnicodeDecodeError:
            continue
        return encoding
    raise refuse("encoding", "不能识别文本的编码。", "请另存为“CSV UTF-8（逗号分隔）”后重新上传。")


def _csv_lines(data: bytes) -> Iterator[Line]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(data), newline="")
    head = text.read(65536)
    text.seek(0)
    csv.field_size_limit(MAX_CELL_TEXT * 4)
    reader = csv.reader(text, delimiter=_delimiter(head))
    try:
        for number, cells in enumerate(reader, start=1):
            if number > guard.MAX_ROWS + 50:
                raise too_many_rows()
            if len(cells) > guard.MAX_COLUMNS:
                raise refuse("columns", f"第{number}行超过 {guard.MAX_COLUMNS} 列。", "请检查分隔符是否为逗号。")
            yield Line(number, [_unwrapped(cell) if cell[:1] == "=" else cell for cell in cells])
    except csv.Error as error:
        raise refuse(
            "csv", f"CSV 在第{reader.line_num}行附近无法解析，可能缺少引号。", "请另存为 xlsx 后重新上传。"
        ) from error


def _unwrapped(cell: str) -> str:
    """="0123" is how some programs keep a code from becoming a number."""
    return cell[2:-1] if len(cell) > 2 and cell.startswith('="') and cell.endswith('"') else cell


def _delimiter(head: str) -> str:
    """The sign that splits most of the first full line; quotes are respected by counting outside of them."""
    line = next((line for line in head.splitlines() if line.strip()), "")
    bare = "".join(part for index, part in enumerate(line.split('"')) if index % 2 == 0)
    return max(_DELIMITERS, key=bare.count) if any(bare.count(sign) for sign in _DELIMITERS) else ","


# --- json


def json_objects(data: bytes) -> Iterator[tuple[int, dict[str, object]]]:
    """The objects of a JSON array with their place from 1; an object with a `record` object stands for that one.

    Also accepted: {"records": […]}, {"rows": […]}, {"data": […]}, and a single object.
    """
    try:
        loaded = json.loads(decode(data), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        where = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
        raise refuse("json", f"JSON {where}格式不正确。", "请检查括号、逗号和引号，编码用 UTF-8。") from error
    rows = _array(loaded)
    if len(rows) > guard.MAX_ROWS:
        raise too_many_rows()
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise refuse("json", f"JSON 第{number}项不是对象。", "请提供由对象组成的数组，键为字段代码。")
        inner = row.get("record")
        yield number, inner if isinstance(inner, dict) else row


def _array(loaded: object) -> list[object]:
    if isinstance(loaded, dict):
        for name in ("records", "rows", "data"):
            if isinstance(loaded.get(name), list):
                return list(loaded[name])
        return [loaded]
    if not isinstance(loaded, list):
        raise refuse("json", "JSON 的内容不是数组。", "请提供由对象组成的数组，键为字段代码。")
    if not loaded:
        raise refuse("empty", "JSON 数组是空的，没有数据。")
    return loaded


def _no_constant(name: str) -> object:
    raise ValueError(name)


def is_blank(cells: Cells) -> bool:
    """Whether a row holds nothing at all."""
    return all(cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def peek(lines: Iterator[Line], count: int) -> tuple[list[Line], Iterator[Line]]:
    """The first lines, and the iterator as if nothing had been taken."""
    first = list(itertools.islice(lines, count))
    return first, itertools.chain(first, lines)


def column_letters(index: int) -> str:
    """0 → A, 27 → AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
