"""What somebody must do today. Apps register providers in AppConfig.ready(); the desk's home renders their sections.

worklists.register(review_work)          # review_work(user, on) -> list[WorkSection]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from credit_platform.web.keyset import CappedCount


class Severity(StrEnum):
    SERIOUS = "serious"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing to do: what, where it is done, until when."""

    title: str
    url: str
    due: date | None = None
    note: str = ""

    @property
    def parts(self) -> list[str]:
        """The title where it may break: who, and the number of the document after a wide space."""
        return self.title.split("　")


@dataclass(frozen=True, slots=True)
class WorkSection:
    """One heading of the desk's home. Give the first few `rows`, or the `count` alone, or both; `url` is the full list."""

    title: str
    rows: Sequence[WorkRow] = ()
    count: int | CappedCount | None = None
    url: str = ""
    severity: str = Severity.INFO
    empty_text: str = "没有待办事项。"
    order: int = 100

    @property
    def size(self) -> int:
        return int(self.count) if self.count is not None else len(self.rows)

    @property
    def size_text(self) -> str:
        return str(self.count) if isinstance(self.count, CappedCount) else f"{self.size:,}"


Provider = Callable[[Any, date], Sequence[WorkSection]]
_WEIGHT = {Severity.SERIOUS: 0, Severity.WARN: 1, Severity.INFO: 2}

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; the same one only once."""
    if provider not in _providers:
        _providers.append(provider)


def sections(user: Any, on: date) -> list[WorkSection]:
    """The sections for this user: those with work first, the serious before the rest, then by their own order."""
    found = [section for provider in _providers for section in provider(user, on)]
    return sorted(
        found, key=lambda section: (section.size == 0, _WEIGHT.get(Severity(section.severity), 2), section.order)
    )
