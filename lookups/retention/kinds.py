"""What is disposed of when its time is over: each kind told by the app whose it is.

kinds.register(Kind("report", "信用报告文件", Reports()))      # in AppConfig.ready()
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet


class Keeping(ABC):
    """How an app answers for its rows."""

    has_own_period = False
    """Whether each row says itself until when it is stored; then no rule is asked."""

    @abstractmethod
    def past(self, months: int | None, on: date) -> QuerySet[Any]:
        """All rows whose time is over on a day and whose content is still there, the oldest first; `months`: the rule, None for an own period.

        Each has its `number`, under which people know it, and `past_since`, the last day of its use.
        """

    @abstractmethod
    def destroy(self, pks: Sequence[int], on: date) -> None:
        """Destroy the content of these rows, inside the caller's transaction; number, days and digest stay. Files go after the commit."""

    @abstractmethod
    def exists(self, number: str) -> bool:
        """Whether there is a row under a number, so that a hold does not miss its object by a slip."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing with its word and who answers for it."""

    code: str
    label: str
    keeping: Keeping


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; the same code again replaces it."""
    _kinds[kind.code] = kind


def kinds() -> tuple[Kind, ...]:
    """All kinds in the order of registration."""
    return tuple(_kinds.values())


def labels() -> dict[str, str]:
    """Code → word, for forms."""
    return {kind.code: kind.label for kind in kinds()}
