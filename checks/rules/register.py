"""What answers are read from: measures in force, fields of matters, what counts as a 重大违法记录. Every version is kept for ever. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sanctions.measures.rules import Force, MeasureFacts, MeasureKind, Term, Whom

RECORD = "record"
"""The key under which is kept what 重大违法记录 alone comes to."""
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of the edition in force with what is told of it."""

    facts: MeasureFacts
    authority: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordRule:
    """What a 重大违法记录 is (政府采购法实施条例 art. 19): for how many years, which kinds of penalties, fines from how much on (万元)."""

    years: int
    fine_wan: Decimal
    kinds: tuple[str, ...]
    basis: str

    def counts(self, kinds: Iterable[str], fine_wan: str) -> bool:
        """Whether a penalty of these kinds and this fine is one."""
        try:
            fine = Decimal(fine_wan or "0")
        except InvalidOperation:
            fine = Decimal(0)
        return fine >= self.fine_wan or not set(kinds).isdisjoint(self.kinds)


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """One version, equal to itself alone: who reads it twice gets the one that was read. `fields` are the codes of the fields of matters,
    `edition` that of the edition of measures."""

    version: int
    edition: str
    lines: tuple[Line, ...]
    fields: tuple[str, ...]
    record: RecordRule | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which a verdict is kept for every subject of whom something is known."""
        return (EVERY, *self.fields, RECORD)


def read(version: int, told: Mapping[str, Any]) -> Register:
    """The register of a version out of JSON."""
    rule = told.get("record")
    record = RecordRule(rule["years"], Decimal(rule["fine_wan"]), tuple(rule["kinds"]), rule["basis"]) if rule else None
    lines = tuple(_line(each) for each in told["lines"])
    return Register(version, told["edition"], lines, tuple(told["fields"]), record)


def _line(told: Mapping[str, Any]) -> Line:
    facts = MeasureFacts(
        code=told["code"],
        name=told["name"],
        kind=MeasureKind(told["kind"]),
        force=Force(told["force"]),
        whom=Whom(told["whom"]),
        term=Term(told["term"]),
        lists=frozenset(told["lists"]),
        matters=frozenset(told["matters"]),
        months_least=told.get("least"),
        months_most=told.get("most"),
    )
    return Line(facts, told["authority"], told["basis"], told["text"])
