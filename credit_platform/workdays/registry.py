"""Who holds deadlines in working days: asked what would move before a notice is loaded, and told to recompute when it is.

The apps above register a holder in AppConfig.ready(); nothing here knows what a deadline is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from credit_platform.accounts.actors import Actor
from credit_platform.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that moves, or that stays and is no longer provisional (old_due == new_due): what it is of, and the two dates."""

    label: str
    old_due: date
    new_due: date


class DeadlineHolder(Protocol):
    """`label` is Chinese and unique: 公示期限."""

    @property
    def label(self) -> str: ...

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """Yield the open deadlines that would differ; nothing is written. `rules.affected_span(old, new)` narrows the rows."""

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write the new dates and return how many moved. Runs in the transaction of the loading, so use `new`: what
        `queries.calendar()` answers here is still the old one."""


_holders: dict[str, DeadlineHolder] = {}


def register(holder: DeadlineHolder) -> None:
    """Add a holder; the same label replaces the earlier one, so that registering twice is harmless."""
    _holders[holder.label] = holder


def holders() -> list[DeadlineHolder]:
    return list(_holders.values())
