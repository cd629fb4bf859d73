"""What the data standards ask of lists: is it in force, has it a term, who stands behind an entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from credit_platform.errors import Refused
from sanctions.lists.models import CreditList
from sanctions.lists.rules import KIND_OF, Nature
from sanctions.standards import PREFIX

Ground = Callable[[str, str, date], bool]
"""(code of the list, number of the document, day of the entry) → whether this is a ground for entries."""

_grounds: dict[str, Callable[[], Ground]] = {}


def register_ground(name: str, provider: Callable[[], Ground]) -> None:
    """A room above says what it stands behind: decisions of ours, published lists that were taken in. Asked once per form or batch."""
    _grounds[name] = provider


class Rules:
    """Every rule of every list by its code, read once."""

    def __init__(self) -> None:
        self._rows: dict[str, list[CreditList]] = {}
        for row in CreditList.objects.filter(valid_from__isnull=False).select_related("department"):
            self._rows.setdefault(row.code, []).append(row)

    def on(self, code: str, day: date) -> CreditList | None:
        """The rule of a list on a day, None when it does not hold."""
        return next((row for row in self._rows.get(code.upper(), ()) if row.is_in_force(day)), None)


def in_force(code: str, on: date) -> CreditList:
    """The rule of a list on a day; Refused when the list does not hold then (a list that waits for its department, or was repealed)."""
    row = CreditList.objects.in_force(on).filter(code=code.upper()).first()
    if row is None:
        raise Refused("list.in-force", f"名单{code}在该日没有施行，不得列入任何主体。", article="国办发〔2020〕49号")
    return row


def lists() -> Callable[[str, date], bool]:
    """Whether "prefix|code" is a list in force on a day, of the kind whose standard has the prefix."""
    rules = Rules()

    def holds(key: str, on: date) -> bool:
        prefix, _, code = key.partition("|")
        row = rules.on(code, on)
        return row is not None and PREFIX[KIND_OF[Nature(row.nature)]] == prefix

    return holds


def terms() -> Callable[[str, date], bool]:
    """Whether a list has a term on a day."""
    rules = Rules()

    def has_term(code: str, on: date) -> bool:
        row = rules.on(code, on)
        return row is not None and row.term_months is not None

    return has_term


def grounds() -> Callable[[str, date], bool]:
    """Whether "code|document" is a ground for entries of a day."""
    known = [provider() for provider in _grounds.values()]

    def stands_behind(key: str, on: date) -> bool:
        code, _, document = key.partition("|")
        return any(ground(code, document, on) for ground in known)

    return stands_behind
