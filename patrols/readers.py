"""What a patrol reads: the apps above register theirs in AppConfig.ready().

readers.register(Reader("lists", "名单", read))      # read(outsider, on) -> Iterable[Exposure]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from patrols.outsider import Outsider


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that an outsider can read and should not: where, of which item ("" when it is none), what is wrong."""

    address: str
    public_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Part of the public face; `slug` marks its findings."""

    slug: str
    label: str
    read: Callable[[Outsider, date], Iterable[Exposure]]


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Add a reader; the same slug replaces the earlier one."""
    _readers[reader.slug] = reader


def known() -> tuple[Reader, ...]:
    """Every reader, in the order of registering."""
    return tuple(_readers.values())
