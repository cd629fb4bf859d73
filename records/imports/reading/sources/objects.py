"""An array of JSON objects against a standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credit_platform.errors import Finding, Level
from credit_platform.gate import guard
from credit_platform.gate.refusals import refuse
from credit_platform.gate.table import Table
from records.imports.reading.checking import Checker, Chunk, Where, row_json
from records.imports.reading.findings import PlacedFinding, about_file
from records.imports.reading.sources.base import Row, refused
from records.standards import headers
from records.standards.declaration import Standard
from records.standards.headers import HeaderMatch

MOST_STRANGE = 50
"""Different lists of keys most of which are unknown: each is held against every standard."""


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

    def refused(self) -> tuple[str, int, bytes]:
        return "", self.number, row_json(self.raw)


class JsonSource:
    """Objects keyed by field codes or labels, each with its number from 1. What their keys mean is judged once for each list of keys."""

    def __init__(self, table: Table, standard: Standard) -> None:
        self.standard = standard
        self.table = table
        self.expected = table.count()
        self._matches: dict[tuple[str, ...], tuple[HeaderMatch, str]] = {}
        self._strange = 0
        for keys in table.key_sets():
            self._match(keys)

    waits_for_mapping = False

    def mapping_questions(self) -> list[dict[str, object]]:
        return []

    def unit_questions(self) -> list[dict[str, object]]:
        return []  # a program that names fields by their codes sends them in the unit of the standard

    def require_columns(self) -> None:
        found = self._matches.values()
        if all(match.score == 0 or other for match, other in found):
            other = next((other for _, other in found if other), "")
            told = f"，看起来是“{other}”的数据" if other else ""
            raise refuse(
                "no-header", f"没有一项是“{self.standard.name}”的数据{told}。", "请核对选择的数据标准和字段代码。"
            )

    def codes(self) -> frozenset[str]:
        return frozenset(code for match, _ in self._matches.values() for code in match.columns.values())

    def remarks(self) -> list[PlacedFinding]:
        unknown: dict[str, None] = {}
        for match, other in self._matches.values():
            if not other:
                unknown |= {header.text: None for header in match.unmatched}
        if not unknown:
            return []
        text = f"不属于本标准的字段已忽略：{'、'.join(unknown)}"
        return [about_file("column.unknown", text[:480])]

    def rows(self) -> Iterator[Row]:
        for number, row in self.table.objects():
            yield self._row(number, row)

    def refused_rows(self, numbers: set[int]) -> Chunk:
        return refused(self.rows(), numbers)

    def _row(self, number: int, row: dict[str, object]) -> JsonRow:
        keys = tuple(row)
        match, other = self._match(keys)
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

    def _match(self, keys: tuple[str, ...]) -> tuple[HeaderMatch, str]:
        """How the keys of an object fit; and the name of the standard that they fit better."""
        if keys not in self._matches:
            mine = headers.match(keys, self.standard, near=0)
            other = ""
            if len(keys) > 2 * len(mine.columns):
                self._one_more_strange()
                best = headers.detect([keys])
                if best and best[0].standard.code != self.standard.code and _better(best[0].found.match, mine):
                    other = best[0].standard.name
            self._matches[keys] = (mine, other)
        return self._matches[keys]

    def _one_more_strange(self) -> None:
        """Whoever leaves out what is empty has many lists of keys, most of them known; ever new ones that are not are no data."""
        self._strange += 1
        if self._strange > MOST_STRANGE:
            raise guard.too_many_key_sets(self._strange)


def _better(other: HeaderMatch, mine: HeaderMatch) -> bool:
    return len(other.columns) > 2 * len(mine.columns)
