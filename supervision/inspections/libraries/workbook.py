"""Files of the libraries: inspectors and bearers of a tag, as lists that are read whole or not at all. What is exported can be read back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from credit_platform.confined.refusals import refuse
from credit_platform.editions.workbook.columns import Column, Mistake, choice, day, text, yes_no
from credit_platform.errors import Finding, Refused, at_field
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line
from credit_platform.gate.table import Table
from supervision.inspections.libraries import rules

MOST_BYTES, MOST_ROWS, SEARCHED, MOST_FINDINGS = 5 * 1024 * 1024, 20_000, 30, 200
CARD, CODE = "card_number", "code"
INSPECTORS: tuple[Column, ...] = (
    text("name", "姓名", required=True, max_length=50),
    choice("card_kind", "执法证种类", rules.CARD_LABELS, required=True),
    text(CARD, "执法证号", required=True, max_length=20),
    day("card_from", "有效期起", required=True),
    day("card_until", "有效期止", required=True),
    text("specialities", "专业", max_length=100, show="、".join),
    yes_no("is_expert", "专家"),
)
BEARERS: tuple[Column, ...] = (text(CODE, "统一社会信用代码", required=True, max_length=18),)


@dataclass(frozen=True, slots=True)
class Read:
    """A row of a file: its number and its values by the name of the column."""

    number: int
    values: Mapping[str, Any]


def inspectors(data: bytes, name: str) -> list[dict[str, Any]]:
    """Inspectors as the file has them. FileRefused for what is no such file, Refused with every mistake and its row."""
    rows = _read(data, name, INSPECTORS, key=CARD, what="执法检查人员名单")
    people = [
        dict(row.values) | {"specialities": rules.specialities_of(row.values.get("specialities", ""))} for row in rows
    ]
    checked = ("name", CARD, "card_from", "card_until", "specialities")
    _refuse(
        [
            at_field("inspectors.file", "file", f"第{row.number}行：{finding.text}{finding.mend}")
            for row, each in zip(rows, people, strict=True)
            for finding in rules.against_inspector(**{name: each[name] for name in checked})
        ]
    )
    return people


def bearers(data: bytes, name: str) -> dict[str, int]:
    """The credit codes of a list of bearers of a tag, each with its row. Errors as `inspectors`."""
    rows = _read(data, name, BEARERS, key=CODE, what="专项库名单")
    return {str(row.values[CODE]).upper(): row.number for row in rows}


def _read(data: bytes, name: str, columns: Sequence[Column], *, key: str, what: str) -> list[Read]:
    if len(data) > MOST_BYTES:
        raise refuse("size", f"文件超过 5 兆字节，不像是{what}。")
    with Table(data, name, kinds=(Kind.XLSX, Kind.XLS, Kind.CSV)) as table:
        for sheet in table.sheets():
            lines = list(itertools.islice(sheet.lines, MOST_ROWS + SEARCHED + 1))
            for place, line in enumerate(lines[:SEARCHED]):
                if (where := _heads(line, columns)) is not None:
                    return _rows(lines[place + 1 :], columns, where, key)
    heads = "、".join(column.label for column in columns if column.required)
    raise refuse("header", "没有找到表头。", f"表头应含{heads}。")


def _heads(line: Line, columns: Sequence[Column]) -> dict[str, int] | None:
    """Column → its place, when the line names all that are required."""
    labels = {str(cell).strip(): place for place, cell in enumerate(line.cells) if cell is not None}
    where = {column.name: labels[column.label] for column in columns if column.label in labels}
    return where if all(column.name in where for column in columns if column.required) else None


def _rows(lines: Sequence[Line], columns: Sequence[Column], where: Mapping[str, int], key: str) -> list[Read]:
    rows, found, seen = list[Read](), list[Finding](), dict[str, int]()
    for line in lines:
        cells = {name: _text(line.cells[at]) if at < len(line.cells) else "" for name, at in where.items()}
        if not any(cells.values()):
            continue
        wrong = list(_mistakes(line.number, cells, columns))
        if (first := seen.setdefault(cells[key], line.number)) != line.number:
            wrong.append(at_field("libraries.file", "file", f"第{line.number}行：与第{first}行重复。"))
        found += wrong
        if not wrong:
            values = {column.name: column.taken(cells.get(column.name, ""), {}) for column in columns}
            rows.append(Read(line.number, values))
    _refuse(found)
    if not rows:
        raise Refused(
            "libraries.file", "表头下面没有数据。", findings=[at_field("libraries.file", "file", "表头下面没有数据。")]
        )
    return rows


def _mistakes(number: int, cells: Mapping[str, str], columns: Sequence[Column]) -> Iterator[Finding]:
    for column in columns:
        try:
            column.taken(cells.get(column.name, ""), {})
        except Mistake as mistake:
            yield at_field("libraries.file", "file", f"第{number}行“{column.label}”：{mistake.text}{mistake.mend}")


def _refuse(found: Sequence[Finding]) -> None:
    if found:
        raise Refused("libraries.file", f"文件有{len(found)}处问题，没有登记。", findings=found[:MOST_FINDINGS])


def _text(cell: object) -> str:
    """A cell as people see it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
