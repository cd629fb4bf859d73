"""manage.py explain_periods FILE.csv: first day of application and last day shown for every row, as CSV on standard output."""

from __future__ import annotations

import csv
import io
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit_platform.errors import Refused
from disclosure.queries.book import whole_book
from disclosure.rules.cases import ASKED, NEEDED, answer
from disclosure.rules.periods import Book

MOST_BYTES = 20 * 1024 * 1024
MOST_TOLD = 20
Row = dict[str, str]


class Command(BaseCommand):
    help = "按平台现行规则计算公示期：读入 CSV（rule_set, cls, decided_on …），输出最早可申请日和公示截止日。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件，首行为列名")

    def handle(self, *args: Any, **options: Any) -> None:
        columns, rows = _read(options["file"])
        answered = _answers(rows, whole_book())
        writer = csv.DictWriter(self.stdout, [*columns, *(name for name in ASKED if name not in columns)])
        writer.writeheader()
        writer.writerows(answered)


def _answers(rows: list[tuple[int, Row]], rules: Book) -> list[Row]:
    """Every row with its answers; CommandError with all rows that cannot be answered, by row and column."""
    found, wrong = [], []
    for number, row in rows:
        try:
            found.append(row | answer(row, rules))
        except Refused as error:
            wrong.append(f"第{number}行“{error.code}”列：{error.text}{error.mend}")
    if wrong:
        more = [f"……共{len(wrong)}处。"] if len(wrong) > MOST_TOLD else []
        raise CommandError("\n".join([*wrong[:MOST_TOLD], *more]))
    return found


def _read(path: Path) -> tuple[list[str], list[tuple[int, Row]]]:
    """The columns and the rows with their line numbers; CommandError in Chinese for what is no such file."""
    if not path.is_file():
        raise CommandError(f"没有文件 {path}。")
    if path.stat().st_size > MOST_BYTES:
        raise CommandError(f"文件超过{MOST_BYTES // 1024 // 1024}MB，请分成几个文件。")
    reader = csv.reader(io.StringIO(_text(path.read_bytes()), newline=""), strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check(columns)
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


def _check(columns: list[str]) -> None:
    missing = "、".join(f"“{name}”" for name in NEEDED if name not in columns)
    if missing:
        raise CommandError(f"第1行缺少列{missing}。首行应为列名：rule_set,cls,decided_on,published_on,…")
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
