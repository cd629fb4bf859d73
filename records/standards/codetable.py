"""What a code table is: values that hold from a day until a day, found by what people write.

A value is resolved by the day of the decision, never by the day of upload.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from records.standards.texts import half_width

OTHER = "其他"


class Match(StrEnum):
    """How a written value was found."""

    EXACT = "exact"
    MAPPED = "mapped"
    NEEDS_TEXT = "needs-text"
    AMBIGUOUS = "ambiguous"
    OTHER_PERIOD = "other-period"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a table with the days on which it holds; `code` is a short form that is accepted as well (1, 0 …)."""

    value: str
    valid_from: date | None = None
    valid_until: date | None = None
    code: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the value may be used for a decision of that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Resolution:
    """The values meant by what was written (one word may mean two values), how they were found, and what may be meant."""

    match: Match
    values: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CodeTable:
    """A code table.

    `synonyms`: written value → value or values, valid when those are in force; `succeeded`: value → suggestions when it is
    used outside its days and a person has to choose; `other_needs_text`: 其他 must say what, as “其他-…”; `stores_code`: the
    content holds the entry's code (许可状态 1/2), not its word.
    """

    code: str
    name: str
    entries: tuple[Entry, ...]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    succeeded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_needs_text: bool = False
    stores_code: bool = False

    def on(self, day: date) -> tuple[str, ...]:
        """The values in force on a day, in order."""
        return tuple(entry.value for entry in self.entries if entry.holds_on(day))

    def stored(self, value: str) -> str:
        """What the content holds for a value."""
        if not self.stores_code:
            return value
        return next((entry.code for entry in self.entries if entry.value == value), value)

    def word(self, stored: str) -> str:
        """The word that people see for what the content holds."""
        return next((entry.value for entry in self.entries if entry.code and entry.code == stored), stored)

    def resolve(self, written: str, day: date) -> Resolution:
        """Find what a written value means for a decision of that day."""
        return _resolve(self, written, day)

    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        return self is other


_NOISE = re.compile(r"[\s·•]+")
_OTHER_WITH_TEXT = re.compile(r"其[他它]\s*(?:[-—–－:：]+\s*|[(（\[【])?(.+?)[)）\]】]?")


def _plain(text: str) -> str:
    """What is compared: half-width, without blanks, commas and 、 as one."""
    return _NOISE.sub("", half_width(text)).replace("，", "、").replace(",", "、").upper()


@lru_cache(maxsize=32768)
def _resolve(table: CodeTable, written: str, day: date) -> Resolution:
    plain = _plain(written)
    for entry in table.entries:
        if plain in (_plain(entry.value), entry.code) and entry.holds_on(day):
            if entry.value == OTHER and table.other_needs_text:
                return Resolution(Match.NEEDS_TEXT, (OTHER,))
            return Resolution(Match.EXACT, (entry.value,))
    return _by_synonym(table, plain, day) or _other(table, written, day) or _out_of_period(table, plain, day)


def _by_synonym(table: CodeTable, plain: str, day: date) -> Resolution | None:
    current = table.on(day)
    for word, values in table.synonyms.items():
        usable = tuple(value for value in values if value.split("-", 1)[0] in current)
        if usable and _plain(word) == plain:
            if usable == (OTHER,) and table.other_needs_text:
                return Resolution(Match.NEEDS_TEXT, (OTHER,))
            return Resolution(Match.MAPPED, usable)
    return None


def _other(table: CodeTable, written: str, day: date) -> Resolution | None:
    match = _OTHER_WITH_TEXT.fullmatch(half_width(written).strip())
    if not match or table.stores_code or OTHER not in table.on(day):
        return None
    text = match[1].strip()
    if text in ("需注明", "请注明") or not any(char.isalnum() for char in text):
        return Resolution(Match.NEEDS_TEXT, (OTHER,))
    return Resolution(Match.EXACT, (f"{OTHER}-{text}",))


def _out_of_period(table: CodeTable, plain: str, day: date) -> Resolution:
    for word, suggestions in table.succeeded.items():
        usable = tuple(value for value in suggestions if value.split("-", 1)[0] in table.on(day))
        if usable and _plain(word) == plain:
            return Resolution(Match.OTHER_PERIOD if _has(table, plain) else Match.AMBIGUOUS, (), usable)
    if _has(table, plain):
        return Resolution(Match.OTHER_PERIOD, (), table.on(day))
    return Resolution(Match.UNKNOWN, (), table.on(day))


def _has(table: CodeTable, plain: str) -> bool:
    return any(_plain(entry.value) == plain for entry in table.entries)


def entries(*values: str, since: date | None = None, until: date | None = None) -> tuple[Entry, ...]:
    """Entries of the same days."""
    return tuple(Entry(value, since, until) for value in values)


def coded(*pairs: tuple[str, str]) -> tuple[Entry, ...]:
    """Entries with a short code: ("1", "有效")."""
    return tuple(Entry(value, code=code) for code, value in pairs)


def custom(code: str, name: str, values: tuple[str, ...]) -> CodeTable:
    """A table of a local catalogue item; it is not registered, its field carries the values."""
    return CodeTable(code=code, name=name, entries=entries(*values))
