"""应查必查: whether a decided case was checked, in time, and with an answer that still held. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Source(StrEnum):
    """By which way a unit reported its decided cases."""

    API = "api"
    FILE = "file"


SOURCE_LABELS = {Source.API: "接口", Source.FILE: "文件"}


def counts(*, asked_on: date, valid_until: date, decided_on: date) -> bool:
    """Whether a check counts for a decision: asked on its day or before, and not past its validity then."""
    return asked_on <= decided_on <= valid_until


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many decided cases there are, and how many of them were checked."""

    decided: int
    checked: int

    @property
    def missing(self) -> int:
        """Cases that were decided without a check."""
        return self.decided - self.checked

    @property
    def percent(self) -> str:
        """The share with one place after the point, rounded down, so that 100 is told only of all; “—” where nothing was decided."""
        if not self.decided:
            return "—"
        tenths = self.checked * 1000 // self.decided
        return f"{tenths // 10}.{tenths % 10}%"
