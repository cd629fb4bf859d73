"""What stands above repair and must act in the same transaction when one took effect, or lost it.

What follows an item's publication follows `disclosure.followers`, what follows an entry `sanctions.followers`. Who needs the repair itself (who
has read the item and must stop using it, a re-inspection) registers here in AppConfig.ready(); called set-wise, after the rows were written. What
a follower raises undoes the repair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_platform.accounts.actors import Actor


class Effect(StrEnum):
    """What happened to the items."""

    GRANTED = "granted"
    SCREENED = "screened"
    SHOWN_AGAIN = "shown_again"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class RepairEffects:
    """One effect on items: `cases` are keys of Case, `disclosures` of Disclosure, in the same order."""

    effect: Effect
    cases: Sequence[int]
    disclosures: Sequence[int]
    on: date


Follower = Callable[[RepairEffects, Actor], None]
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower; twice the same is once."""
    if follower not in _followers:
        _followers.append(follower)


def forget(follower: Follower) -> None:
    """Take a follower out again; for tests."""
    _followers.remove(follower)


def tell(told: RepairEffects, *, by: Actor) -> None:
    """Tell every follower, in the order of registration."""
    for follower in tuple(_followers):
        follower(told, by)
