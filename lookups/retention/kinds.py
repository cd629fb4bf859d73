"""What is disposed of when its time is over: each kind told by the app whose it is.

kinds.register(Kind("report", "信用报告文件", Reports()))      # in AppConfig.ready()
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from credit_platform import vault


class Keeping(ABC):
    """How an app answers for its rows: of one model, each with the `number` under which people know it, and its file at `path`."""

    model: type[Model]
    emptied: Mapping[str, Any] = {}
    """What else of a row goes with its file; number, days and digest stay."""
    has_own_period = False
    """Whether each row says itself until when it is stored; then no rule is asked."""

    @abstractmethod
    def past(self, months: int | None, on: date) -> QuerySet[Any]:
        """All rows whose time is over on a day and whose file is still there, the oldest first; `months`: the rule, None for an own period.

        Each has `past_since`, the last day of its use.
        """

    def destroy(self, pks: Sequence[int], on: date) -> None:
        """Destroy the content of these rows, inside the caller's transaction. Files go after the commit."""
        rows = self.model._default_manager.filter(pk__in=pks)
        for path in rows.select_for_update().order_by("pk").values_list("path", flat=True):
            transaction.on_commit(partial(vault.remove, path))
        rows.update(disposed_on=on, path="", **self.emptied)

    def exists(self, number: str) -> bool:
        """Whether there is a row under a number, so that a hold does not miss its object by a slip."""
        return self.model._default_manager.filter(number=number).exists()


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
