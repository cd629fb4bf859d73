"""Who keeps the register of looks. The audit seals that somebody looked; an app above keeps, in the same transaction, what a register
must tell: whose data, for which matter and case, on which authorisation. What cannot be kept is not shown.

looks.register(keep)            in AppConfig.ready(); keep(entry, particulars)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from credit_platform.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a look beside its purpose.

    `number`: the whole personal number that was searched for, in memory only; the keeper seals it. `answered`: whether `results` of the
    look are final; one that is not is told later. `refused`: why nothing was shown. The keeper reads `more` of its own looks alone.
    """

    subject_id: int | None = None
    number: str = field(default="", repr=False)
    case_number: str = ""
    matter: str = ""
    answered: bool = True
    refused: str = ""
    more: object = None

    def as_detail(self) -> dict[str, str]:
        """What the chain seals of it."""
        told = {"case_number": self.case_number, "matter": self.matter, "refused": self.refused}
        return {name: text for name, text in told.items() if text}


NOTHING = Particulars()
Keeper = Callable[["AuditEntry", Particulars], None]
_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Add a keeper; the same one only once."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def keep(entry: AuditEntry, particulars: Particulars) -> None:
    """Told by `audit.actions.look`, inside its transaction: what a keeper raises takes the look back."""
    for keeper in _keepers:
        keeper(entry, particulars)
