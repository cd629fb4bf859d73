"""What both sides compare every day: items by the month of decision, a digest over them, then the keys of the months that differ. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Copy:
    """An item as one side has it: the business key, the version, the digest of that version, the month of the decision (YYYY-MM)."""

    key: str
    version: int
    digest: str
    month: str


@dataclass(frozen=True, slots=True)
class Month:
    """How many items of a month, and the SHA-256 over their lines in the order of the keys."""

    count: int
    digest: str


class Differs(StrEnum):
    """How an item differs."""

    MISSING = "missing"
    EXTRA = "extra"
    OTHER = "other"


DIFFERS_LABELS: dict[Differs, str] = {
    Differs.MISSING: "对方缺少",
    Differs.EXTRA: "对方多出（应已撤下）",
    Differs.OTHER: "内容或版本不同",
}


def months(copies: Iterable[Copy]) -> dict[str, Month]:
    """The statement of a side: for every month that has an item."""
    lines: dict[str, list[str]] = defaultdict(list)
    for each in copies:
        lines[each.month].append(f"{each.key} {each.version} {each.digest}\n")
    return {
        month: Month(len(some), hashlib.sha256("".join(sorted(some)).encode()).hexdigest())
        for month, some in sorted(lines.items())
    }


def unequal(ours: Mapping[str, Month], theirs: Mapping[str, Month]) -> list[str]:
    """The months that have to be looked at key by key."""
    return sorted(month for month in ours.keys() | theirs.keys() if ours.get(month) != theirs.get(month))


def differences(ours: Iterable[Copy], theirs: Iterable[Copy]) -> dict[str, Differs]:
    """Every key that differs, in the order of the keys."""
    mine, their = {each.key: each for each in ours}, {each.key: each for each in theirs}
    apart: dict[str, Differs] = {}
    for key in sorted(mine.keys() | their.keys()):
        if key not in their:
            apart[key] = Differs.MISSING
        elif key not in mine:
            apart[key] = Differs.EXTRA
        elif (mine[key].version, mine[key].digest) != (their[key].version, their[key].digest):
            apart[key] = Differs.OTHER
    return apart
