"""What the apps above show on the pages of the ledger. `records` may not import them, so they register here in AppConfig.ready().

panels.register(DisclosurePanel())
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from credit_platform.accounts.models import User
from records.models import CreditRecord, Subject


@dataclass(frozen=True, slots=True)
class PublicThen:
    """That the public could see a record on a day: until the day ended, or only for a part of it; and the face it saw."""

    until_end: bool = True
    face: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a record's or a subject's page: pairs of label and value, and what can be done there.

    `tag` is a word of state with its `tone` (neutral, info, good, warn, serious).
    """

    title: str
    rows: list[tuple[str, Any]] = field(default_factory=list)
    tag: str = ""
    tone: str = "neutral"
    links: list[Link] = field(default_factory=list)
    note: str = ""


class Panel(Protocol):
    """What an app above answers."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """A block of the record's page, None when there is nothing to say."""

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """A block of the subject's page."""

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Word and tone for each record of a list."""

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Which of the records the public could see on a day, whatever became of them since."""


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel; twice the same object is once."""
    if panel not in _panels:
        _panels.append(panel)


def for_record(record: CreditRecord, user: User) -> list[Block]:
    """All blocks of a record's page in the order of registration."""
    return [block for panel in _panels if (block := panel.for_record(record, user)) is not None]


def for_subject(subject: Subject, user: User) -> list[Block]:
    """All blocks of a subject's page in the order of registration."""
    return [block for panel in _panels if (block := panel.for_subject(subject, user)) is not None]


def states(record_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Word and tone for each record of a list; asks every panel once."""
    found: dict[int, tuple[str, str]] = {}
    for panel in _panels:
        found |= panel.states(record_ids)
    return found


def public_on(record_ids: Collection[int], day: date) -> dict[int, PublicThen]:
    """Which of the records the public could see on a day, with what it saw; asks every panel once."""
    found: dict[int, PublicThen] = {}
    for panel in _panels:
        found |= panel.public_on(record_ids, day)
    return found
