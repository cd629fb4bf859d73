"""What a window offers beside an answer: what can be printed, what can be begun, what waits. Apps add theirs in AppConfig.ready(); this
package knows none of them. A window itself is an app above, which says here which queries were answered.

counter.offer(Offer("打印信用报告", address, kind=Kind.PRINT, allowed=…))      address(slip) -> where it is done, "" when not for this one
counter.wait(Waiting("待确认的主体账户", "<app>:list", count, allowed=…))  count(user, on) -> how many
counter.slip(number, user) -> Slip                                          for a page that prints: what was asked, of whom, by this user
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.urls import reverse

from credit_platform.errors import Forbidden
from credit_platform.web.keyset import CappedCount
from credit_platform.web.navigation import Allowed, signed_in


class Kind(StrEnum):
    """What an offer leads to."""

    PRINT = "print"
    BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Slip:
    """A query that was answered a moment ago: whom it was about, for which purpose, what that opens; `is_own`: the visitor asked for himself."""

    number: str
    subject_id: int
    code: str
    is_person: bool
    purpose: str
    opens: frozenset[str]
    authorisation: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside an answer."""

    label: str
    address: Callable[[Slip], str]
    kind: Kind = Kind.BEGIN
    order: int = 100
    allowed: Allowed = signed_in


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of what waits. `allowed`: who may open the list; others see the number."""

    label: str
    url_name: str
    count: Callable[[Any, date], int | CappedCount]
    order: int = 100
    allowed: Allowed = signed_in


@dataclass(slots=True)
class Shown:
    """A button or a line as a page shows it."""

    label: str
    url: str
    count: int | CappedCount = field(default=0)


Slips = Callable[[str, Any], Slip | None]
_offers: dict[str, Offer] = {}
_waiting: dict[str, Waiting] = {}
_slips: list[Slips] = []


def offer(made: Offer) -> None:
    """Add a button; the same label again replaces it."""
    _offers[made.label] = made


def wait(made: Waiting) -> None:
    """Add a line of what waits; the same label again replaces it."""
    _waiting[made.label] = made


def answered_by(slips: Slips) -> None:
    """The app above says which answered queries a member of staff may still print."""
    _slips[:] = [slips]


def slip(number: str, user: Any) -> Slip:
    """The answered query with a number; Forbidden when this member of staff did not ask it, or it is too long ago."""
    for slips in _slips:
        if (found := slips(number, user)) is not None:
            return found
    raise Forbidden("counter.slip", "这次查询不是您办理的，或者已超过可打印的时间。", mend="请重新登记查询。")


def offers(kind: Kind, given: Slip, user: Any) -> list[Shown]:
    """The buttons of a kind that lead somewhere for this query and this user, in their order."""
    fitting = [each for each in _offers.values() if each.kind is kind and each.allowed(user)]
    shown = [Shown(each.label, each.address(given)) for each in sorted(fitting, key=lambda each: each.order)]
    return [each for each in shown if each.url]


def waiting(user: Any, on: date) -> list[Shown]:
    """What waits, with the way there for who may open it."""
    rows = sorted(_waiting.values(), key=lambda each: each.order)
    return [
        Shown(each.label, reverse(each.url_name) if each.allowed(user) else "", each.count(user, on)) for each in rows
    ]
