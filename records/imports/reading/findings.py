"""What is said about rows: kept as rows of `ImportFinding`, grouped for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from credit_platform import pg
from credit_platform.errors import Finding, Level, hidden
from credit_platform.pg import without_nul
from records.models import ImportFinding

_TABLE = ImportFinding._meta.db_table
_COLUMNS = ("batch_id", "sheet", "row", "column", "field", "label", "value", "rule", "level", "text", "mend")
_TEXTS = ("sheet", '"column"', "field", "label", "value", "mend", "text")


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A finding of the ledger about the staged row `n`."""

    n: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFinding:
    """A finding at its place: sheet, row and column as the spreadsheet shows them."""

    finding: Finding
    sheet: str = ""
    row: int = 0
    column: str = ""
    label: str = ""


def keep(batch_id: int, placed: Iterable[PlacedFinding]) -> int:
    """Store findings; how many."""
    columns = [f'"{name}"' if name in {"column", "row"} else name for name in _COLUMNS]
    return pg.copy_rows(_TABLE, columns, (_columns(batch_id, each) for each in placed), texts=_TEXTS)


def about_file(rule: str, text: str, mend: str = "", *, sheet: str = "", level: Level = Level.WARNING) -> PlacedFinding:
    """A finding about the file as a whole."""
    return PlacedFinding(finding=Finding(rule, level, text, mend), sheet=sheet)


def double_of(row: int) -> Finding:
    """The same decision stands in an earlier row of the file."""
    return Finding(
        "row.double",
        Level.ERROR,
        f"与第{row}行重复：机关、文书号、相对人、决定日期均相同。",
        mend="同一决定只保留一行；内容不同的，请保留正确的一行。",
    )


def now_iso() -> str:
    """The present moment in the local clock, for the progress that pages show."""
    return timezone.localtime().isoformat(timespec="seconds")


def _columns(batch_id: int, placed: PlacedFinding) -> tuple[object, ...]:
    finding = placed.finding
    return (
        batch_id,
        hidden(without_nul(placed.sheet))[:100],
        placed.row,
        placed.column,
        finding.field[:40],
        hidden(without_nul(placed.label))[:100],
        without_nul(finding.value)[:200],
        finding.rule[:80],
        str(finding.level),
        without_nul(finding.text)[:500],
        without_nul(finding.mend)[:500],
    )
