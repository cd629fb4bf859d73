"""Who else was told of an item: the apps above say so, each for what it answers. An explicit registry, asked inside the transaction of a change.

holders.register(who_asked)      # who_asked(items, since) -> (disclosure id, Holder), …
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """A disclosure as sources look for it."""

    disclosure_id: int
    public_id: str
    subject_id: int
    subject_code: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a copy: the client of a department, or the department itself."""

    department_id: int
    client_id: int | None = None


Source = Callable[[Sequence[Item], date], Iterable[tuple[int, Holder]]]
"""Which of these items somebody was told of since a day. Set-wise: there may be thousands."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source; twice the same is once."""
    if source not in _sources:
        _sources.append(source)


def held(items: Sequence[Item], since: date) -> set[tuple[int, Holder]]:
    """Who has which item, by all sources, each pair once."""
    return {pair for source in tuple(_sources) for pair in source(items, since)}
