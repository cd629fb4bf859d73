"""What a subject may say is wrong, told by the app whose word it is: an item, an entry of a list, the result of a repair, a line of a report.

    disputes.register("repair", find, own)       # in AppConfig.ready()

`find(number, on)` gives the disputed thing of a number, None when there is none; `own(subject, on)` what of a subject may be disputed and
stands on no public page from which it could start. Objections ask the registry and know none of those apps; those apps need not know objections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from casework.rules.disputes import About
from disclosure.models import Disclosure
from disclosure.queries.public import Line
from records.models import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """One thing that may be disputed. `item` is the publication that it is about or rests on, whose source verifies and whose page bears the
    mark; `lines` are the values that it shows, `period` how long in words, `result` what became of a repair; `public`: anybody may see it."""

    place: str
    number: str
    item: Disclosure
    title: str
    abouts: tuple[About, ...]
    lines: tuple[Line, ...] = ()
    period: str = ""
    result: str = ""
    public: bool = False

    def shown(self, about: About, field: str) -> tuple[str, str]:
        """Label and value of what is disputed; empty texts for a field that it does not show."""
        if about is About.PERIOD:
            return "公示期限", self.period
        if about is About.REPAIR:
            return "信用修复结果", self.result
        return next(((line.label, line.value) for line in self.lines if line.code == field), ("", ""))


Find = Callable[[str, date], Disputed | None]
Own = Callable[[Subject, date], Iterable[Disputed]]
_places: dict[str, tuple[Find, Own | None]] = {}


def register(place: str, find: Find, own: Own | None = None) -> None:
    """Add a place; the same place again replaces the earlier one."""
    _places[place] = (find, own)


def places() -> tuple[str, ...]:
    """The places that are known."""
    return tuple(_places)


def find(place: str, number: str, on: date) -> Disputed | None:
    """What may be disputed under a number of a place on a day; None for what is not there or not known."""
    known = _places.get(place)
    return known[0](number, on) if known else None


def own_of(subject: Subject, on: date) -> list[Disputed]:
    """What of a subject may be disputed beside its public items."""
    return [each for _, own in _places.values() if own is not None for each in own(subject, on)]
