"""What taking a workbook would do to a draft: matters added, changed field by field, and removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from commitments.models import MatterEntry, MatterList
from commitments.queries.editions import Difference
from commitments.workbook.columns import BY_NAME, shown
from commitments.workbook.read import Given


@dataclass(slots=True)
class Plan:
    """`stamp` is the content of the draft that it was made from."""

    stamp: str
    added: list[Given] = field(default_factory=list)
    changed: list[tuple[Given, list[Difference]]] = field(default_factory=list)
    removed: list[MatterEntry] = field(default_factory=list)
    same: int = 0


def plan(edition: MatterList, rows: Sequence[Given]) -> Plan:
    """Compare the rows with the draft; a column that the workbook does not have changes nothing."""
    entries = edition.entries.select_related("matter", "department", "edition").prefetch_related("measures")
    present = {entry.matter.code: entry for entry in entries.order_by("position", "matter__code")}
    before = {code: shown(entry) for code, entry in present.items()}
    made = Plan(hashlib.sha256(json.dumps(before, sort_keys=True).encode()).hexdigest())
    for row in rows:
        if row.code not in present:
            made.added.append(row)
        elif found := _differences(before[row.code], row):
            made.changed.append((row, found))
        else:
            made.same += 1
    kept = {row.code for row in rows}
    made.removed = [entry for code, entry in present.items() if code not in kept]
    return made


def _differences(before: dict[str, str], row: Given) -> list[Difference]:
    values = row.values | ({"measures": row.measures} if row.measures is not None else {})
    after = {name: BY_NAME[name].show(value) for name, value in values.items()}
    return [Difference(BY_NAME[name].label, before[name], text) for name, text in after.items() if before[name] != text]
