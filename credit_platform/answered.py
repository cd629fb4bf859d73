"""Commands that answer a table: a CSV in, the same rows with their answers out, every mistake told by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from credit_platform.errors import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_TOLD = 20
Row = dict[str, str]


def answer_table(
    path: Path,
    out: TextIO | Any,
    answer: Callable[[Mapping[str, str]], Mapping[str, str]],
    *,
    needed: Sequence[str],
    answers: Sequence[str],
) -> None:
    """Write the rows of the file at `path` to `out`, each with what `answer` says of it.

    `needed` are columns that must be there, `answers` those that are added when they are not. `answer` raises Refused with the name of
    the column as its code; CommandError then names all rows that cannot be answered, and nothing is written.
    """
    columns, rows = _read(path, needed)
    answered = _answers(rows, answer)
    writer = csv.DictWriter(out, [*columns, *(name for name in answers if name not in columns)])
    writer.writeheader()
    writer.writerows(answered)


def _answers(rows: list[tuple[int, Row]], answer: Callable[[Mapping[str, str]], Mapping[str, str]]) -> list[Row]:
    found, wrong = [], []
    for number, row in rows:
        try:
            found.append(row | dict(answer(row)))
        except Refused as error:
            wrong.append(f"第{number}行“{error.code}”列：{error.text}{error.mend}")
    if wrong:
        more = [f"……共{len(wrong)}处。"] if len(wrong) > MOST_TOLD else []
        raise CommandError("\n".join([*wrong[:MOST_TOLD], *more]))
    return found


def _read(path: Path, needed: Sequence[str]) -> tuple[list[str], list[tuple[int, Row]]]:
    if not path.is_file():
        raise CommandError(f"没有文件 {path}。")
    if path.stat().st_size > MOST_BYTES:
        raise CommandError(f"文件超过{MOST_BYTES // 1024 // 1024}MB，请分成几个文件。")
    reader = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""), strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check(columns, needed)
        return columns, list(_rows(reader, columns))
    except csv.Error as error:
        raise CommandError(f"第{reader.line_num}行不是有效的 CSV：引号或分隔符有误。") from error


def _text(body: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CommandError("文件不是文本：请另存为 CSV（UTF-8）后重试。")


def _check(columns: list[str], needed: Sequence[str]) -> None:
    missing = "、".join(f"“{name}”" for name in needed if name not in columns)
    if missing:
        raise CommandError(f"第1行缺少列{missing}。首行应为列名：{','.join(needed)},…")
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise CommandError(f"第1行的列名重复：{'、'.join(twice)}。")


def _rows(reader: Any, columns: list[str]) -> Iterator[tuple[int, Row]]:
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns):
            raise CommandError(f"第{reader.line_num}行有{len(cells)}个单元格，多于{len(columns)}个列名。")
        yield reader.line_num, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))
