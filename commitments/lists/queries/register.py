"""The list of matters: which entry was in force on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from commitments.lists.models import MatterEntry
from commitments.reviews.rules.cycles import Cycle
from commitments.rules.kinds import Unit
from credit_platform.editions.rules import common_days


@dataclass(frozen=True, slots=True)
class Listed:
    """What the making of a letter needs of an entry, and the days on which the entry holds."""

    entry_id: int
    matter_id: int
    cycle: Cycle
    valid_from: date
    valid_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Register:
    """All entries that were ever in force, by the code of their matter: one query, then as many questions as a batch has rows."""

    def __init__(self) -> None:
        self.by_code: dict[str, list[Listed]] = {}
        entries = MatterEntry.objects.ever_in_force().select_related("edition", "matter")
        for entry in entries:
            self.by_code.setdefault(entry.matter.code.upper(), []).append(_listed(entry))

    def entry(self, code: str, day: date) -> Listed | None:
        """The entry of a matter in force on a day, None when there is none."""
        return next((each for each in self.by_code.get(code.upper(), ()) if each.holds_on(day)), None)

    def __call__(self, code: str, day: date) -> bool:
        return self.entry(code, day) is not None


def _listed(entry: MatterEntry) -> Listed:
    edition = entry.edition
    days = common_days((edition.valid_from, entry.valid_from), (edition.valid_until, entry.valid_until))
    return Listed(entry.pk, entry.matter_id, cycle_of(entry), *days)


def cycle_of(entry: MatterEntry | None) -> Cycle:
    """The periods of an entry; those of the platform where a letter has none."""
    if entry is None:
        return Cycle()
    return Cycle(
        first=entry.first_after,
        first_unit=Unit(entry.first_unit),
        shortfall=entry.shortfall_after,
        shortfall_unit=Unit(entry.shortfall_unit),
    )


def register() -> Callable[[str, date], bool]:
    """What the rule `commitment.matter` asks, once per form or batch."""
    return Register()
