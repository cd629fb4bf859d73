"""Rows of texts: CSV as numbered lines, JSON as numbered objects. Runs in the limited process; nothing here knows a standard."""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
from collections.abc import Iterator

from credit_platform.confined.refusals import refuse
from credit_platform.gate import guard
from credit_platform.gate.guard import too_many_rows
from credit_platform.gate.lines import Line, is_blank

MAX_CELL_TEXT = 32_767
MAX_KEYS = 256
MAX_DEPTH = 8
MAX_DIGITS = 64
_STEP = 1024 * 1024
_DELIMITERS = ",\t;|"


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


def csv_lines(data: bytes) -> Iterator[Line]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding=_encoding(data), newline="")
    head = text.read(65536)
    text.seek(0)
    csv.field_size_limit(MAX_CELL_TEXT * 4)
    reader = csv.reader(text, delimiter=_delimiter(head))
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > guard.MAX_COLUMNS:
                raise refuse("columns", f"第{number}行超过 {guard.MAX_COLUMNS} 列。", "请检查分隔符是否为逗号。")
            if number > guard.MAX_ROWS + 50 and not is_blank(cells):
                raise too_many_rows()
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

    Also accepted: {"records": […]}, {"rows": […]}, {"data": […]}, and a single object. FileRefused for what no data standard could
    ask for: hundreds of keys, halves of characters, numbers of hundreds of digits, arrays in arrays in arrays.
    """
    text = decode(data)
    halves = "\\ud" in text or "\\uD" in text
    rows = _array(_loaded(text))
    if len(rows) > guard.MAX_ROWS:
        raise too_many_rows()
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise refuse("json", f"JSON 第{number}项不是对象。", "请提供由对象组成的数组，键为字段代码。")
        inner = row.get("record")
        found = inner if isinstance(inner, dict) else row
        _look_at(number, found, halves=halves)
        yield number, found


def _loaded(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_whole, parse_float=_real)
    except RecursionError as error:
        raise refuse(
            "json-depth", "JSON 的数组或对象嵌套过深。", "请提供由对象组成的数组，字段的值为文本或数字。"
        ) from error
    except ValueError as error:
        where = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
        raise refuse("json", f"JSON {where}格式不正确。", "请检查括号、逗号和引号，编码用 UTF-8。") from error


def _look_at(number: int, row: dict[str, object], *, halves: bool) -> None:
    """FileRefused for an object that is none of a data standard."""
    if len(row) > MAX_KEYS:
        raise refuse(
            "json-keys", f"JSON 第{number}项有 {len(row)} 个字段，超过 {MAX_KEYS} 个。", "请核对文件是否为报送数据。"
        )
    for key, value in row.items():
        if isinstance(value, dict | list) and _too_deep(value, MAX_DEPTH):
            text = f"JSON 第{number}项的字段“{_shown(key)}”嵌套过深。"
            raise refuse("json-depth", text, "字段的值应为文本或数字。")
        if halves and _is_half(key, value):
            text = f"JSON 第{number}项的字段“{_shown(key)}”含有不完整的字符（缺了一半的代理对），无法保存。"
            raise refuse("json-half", text, "请从原系统重新导出，或改正该项后重新上传。")


def _too_deep(value: object, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (left <= 0 or any(_too_deep(each, left - 1) for each in inner))


def _is_half(*values: object) -> bool:
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _shown(key: str) -> str:
    return key.encode(errors="replace").decode()[:40]


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _too_long()
    return int(text)


def _real(text: str) -> float:
    number = float(text)
    if len(text) > MAX_DIGITS or math.isinf(number):
        raise _too_long()
    return number


def _too_long() -> Exception:
    return refuse("json-number", f"JSON 里有超过 {MAX_DIGITS} 位或过大的数字。", "编号类字段请用文本（加引号）填写。")


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
