"""How two editions of a list differ: what came, what went, and what changed, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

N = TypeVar("N")
Fact = tuple[str, Callable[[N], str]]
"""What an entry says under a label, in words that people read; "" where it says nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact in two editions."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry speaks of, by its code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Changed(Named):
    """What both editions hold, with what differs."""

    differences: Sequence[Difference]


@dataclass(slots=True)
class Comparison:
    """What the later edition adds, drops and changes; `same` counts what it leaves as it was."""

    added: list[Named] = field(default_factory=list)
    removed: list[Named] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """As the audit keeps it."""
        return {"added": len(self.added), "changed": len(self.changed), "removed": len(self.removed)}


def compare(before: Mapping[Named, N], after: Mapping[Named, N], facts: Sequence[Fact[N]]) -> Comparison:
    """How `after` differs from `before`, in the order of their codes. The codes decide what is the same thing, not the names."""
    found, old = Comparison(), {named.code: entry for named, entry in before.items()}
    for named, entry in _by_code(after):
        if named.code not in old:
            found.added.append(named)
        elif differences := list(_differences(old[named.code], entry, facts)):
            found.changed.append(Changed(named.code, named.name, differences))
        else:
            found.same += 1
    kept = {named.code for named in after}
    found.removed = [named for named, _ in _by_code(before) if named.code not in kept]
    return found


def _by_code(entries: Mapping[Named, N]) -> list[tuple[Named, N]]:
    return sorted(entries.items(), key=lambda pair: pair[0].code)


def _differences(old: N, new: N, facts: Sequence[Fact[N]]) -> Iterator[Difference]:
    for label, fact in facts:
        before, after = fact(old), fact(new)
        if before != after:
            yield Difference(label, before, after)
