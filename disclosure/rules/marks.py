"""What stands beside an item that the public sees while its truth is being looked at: a mark, never a verdict. Pure.

An objection, a reconsideration or a lawsuit does not stop a publication (行政处罚法 art. 73; 令第36号); the reader is told that it is under way.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Mark(StrEnum):
    """The marks, in the order in which they are shown."""

    OBJECTION = "objection"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"
    CONTESTED = "contested"


MARK_LABELS = {
    Mark.OBJECTION: "异议处理中",
    Mark.UNVERIFIED: "来源单位逾期未核实",
    Mark.DISPUTED: "未能核实，双方说法并存",
    Mark.CONTESTED: "复议、诉讼中",
}


def words(marks: Iterable[str]) -> list[str]:
    """The marks of an item as the public reads them, in their order; one that is not known is left out."""
    held = set(marks)
    return [label for mark, label in MARK_LABELS.items() if mark in held]


def changed(held: Iterable[str], *, put: Iterable[Mark] = (), taken: Iterable[Mark] = ()) -> list[str]:
    """The marks of an item after some are put and some taken away, in their order."""
    after = (set(held) | {mark.value for mark in put}) - {mark.value for mark in taken}
    return [mark.value for mark in MARK_LABELS if mark in after]
