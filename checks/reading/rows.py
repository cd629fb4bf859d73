"""A table as texts by column: the reading of imports, without a ledger behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from credit_platform.confined.limits import Limits
from credit_platform.gate.kinds import Kind
from credit_platform.gate.refusals import refuse
from credit_platform.gate.table import Table
from records.imports.reading import plan
from records.standards.declaration import Standard

TABLES = (Kind.XLSX, Kind.XLS, Kind.CSV)


def rows_of(
    data: bytes, name: str, standard: Standard, *, needed: Sequence[str], limits: Limits | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all sheets with a header of `standard`: number of the row, and what stands in it by field; blank rows are passed over.

    FileRefused when the file is none, cannot be read, or has no column for what is `needed`. `limits`: by default those of a page.
    """
    with Table(data, name, kinds=TABLES, limits=limits) as table:
        found = plan.make(table, standard, plan.Known(), least=1)
        columns = {code for each in found.sheets for code in each.columns.values()}
        missing = [standard.field(code).label for code in needed if code not in columns]
        if missing:
            raise refuse("no-header", f"没有找到这些列：{'、'.join(missing)}。", "请在第一行写明列名。")
        for sheet, line in plan.lines_of(table, found):
            given = {code: _text(cell) for code, cell in sheet.raw(line.cells).items()}
            if any(given.values()):
                yield line.number, given


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
