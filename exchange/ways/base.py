"""What every way is given and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from exchange.rules.messages import Result
from exchange.rules.signatures import Algorithm
from exchange.rules.statements import Copy, Month


class NoAnswer(Exception):
    """Nothing was said that could be believed: the other side may or may not have what was sent. The text is Chinese."""


class BadAnswer(NoAnswer):
    """Something was said of one parcel that cannot be believed; the other parcels are no worse for it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a channel leads: the partner's code, the kind, the address, and the common key (never shown)."""

    partner: str
    kind: str
    address: str
    algorithm: Algorithm
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What the other side said of one row; `key` is the idempotency key."""

    key: str
    result: Result
    rule: str = ""
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_whole`: nothing more will be said of this parcel; else it was taken, and receipts follow."""

    said: Sequence[Said]
    is_whole: bool


Row = Mapping[str, Any]
"""A message as it travels: key, version, verb, digest, body."""


class Way(Protocol):
    """A way of GB/T 39443-2020. Every method raises NoAnswer."""

    def send(self, link: Link, name: str, rows: Sequence[Row]) -> Answer:
        """Carry a parcel over; the same name again is the same parcel."""

    def collect(self, link: Link, name: str) -> Answer | None:
        """What has been said since of a parcel that was taken; None when nothing was."""

    def ask(self, link: Link, keys: Sequence[str]) -> list[Said]:
        """What became of these idempotency keys. What cannot be proven to be there is absent: the same key again does no harm."""

    def months(self, link: Link) -> dict[str, Month]:
        """What the other side has, by the month of decision."""

    def copies(self, link: Link, months: Sequence[str]) -> list[Copy]:
        """The items of these months, one by one."""


def parsed_said(rows: Iterable[object]) -> list[Said]:
    """Receipts out of what was received; NoAnswer where one is no receipt."""
    said = []
    for row in rows:
        if not isinstance(row, dict):
            raise NoAnswer("对方的回执不是预期的格式。")
        try:
            result = Result(row["result"])
            key = str(row["key"])[:200]
        except (KeyError, ValueError):
            raise NoAnswer("对方的回执缺少 key，或者 result 不在约定的取值内。") from None
        more = {name: str(row.get(name) or "").replace("\x00", "") for name in ("rule", "field", "text")}
        said.append(Said(key, result, more["rule"][:60], more["field"][:60], more["text"][:300]))
    return said


def parsed_months(raw: object) -> dict[str, Month]:
    """A statement out of what was received; NoAnswer where it is none."""
    try:
        if not isinstance(raw, dict):
            raise TypeError
        return {str(month)[:7]: Month(int(each["count"]), str(each["digest"])[:64]) for month, each in raw.items()}
    except (KeyError, TypeError, ValueError):
        raise NoAnswer("对方的对账单不是预期的格式。") from None


def parsed_copies(raw: object) -> list[Copy]:
    """Items out of what was received; NoAnswer where they are none."""
    try:
        if not isinstance(raw, list):
            raise TypeError
        return [
            Copy(str(each["key"])[:64], int(each["version"]), str(each["digest"])[:64], str(each["month"])[:7])
            for each in raw
        ]
    except (KeyError, TypeError, ValueError):
        raise NoAnswer("对方的对账明细不是预期的格式。") from None
