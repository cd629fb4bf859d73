"""What stands on an entry and must act in the same transaction when one begins or ends.

`lists` knows neither joint action nor checks, so these register in their AppConfig.ready() and the verbs of `lists` call them: set-wise,
explicitly, inside the transaction, after the rows were written. What a follower raises undoes the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from credit_platform.accounts.actors import Actor

if TYPE_CHECKING:
    from sanctions.lists.models import ListEntry


class Follower(Protocol):
    """What a follower answers; lists of entries may hold thousands. One that derives from this class writes what concerns it."""

    def entered(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        """Entries stand on their lists from a day on, or stand again because their end was taken back."""

    def ended(self, entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
        """Entries are off their lists; `ended_on` and `ended_way` of each say since when and why."""


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower; twice the same object is once."""
    if follower not in _followers:
        _followers.append(follower)


def forget(follower: Follower) -> None:
    """Take a follower out again; for tests, whose followers must not hear of others."""
    _followers.remove(follower)


def tell_entered(entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
    """Tell every follower, in the order of registration, of entries that stand."""
    for follower in tuple(_followers) if entries else ():
        follower.entered(entries, on=on, by=by)


def tell_ended(entries: Sequence[ListEntry], *, on: date, by: Actor) -> None:
    """Tell every follower of entries that are off their lists."""
    for follower in tuple(_followers) if entries else ():
        follower.ended(entries, on=on, by=by)
