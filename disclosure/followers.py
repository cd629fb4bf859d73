"""What stands above disclosure and must act in the same transaction when something appears in public, changes there or leaves it.

`disclosure` may not import the apps above, so one registers a follower in its AppConfig.ready() and the actions call it: set-wise,
explicitly, inside the transaction, after the rows were written. The one call site of every verb is `actions.base.announce_many`, which also
tells the change feed. What becomes of records that were never public, and of those that go over to another subject, is told by
`records.followers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from credit_platform.accounts.actors import Actor


class Verb(StrEnum):
    """What happened in public; the names are those of the methods of a follower."""

    APPEARED = "appeared"
    CHANGED = "changed"
    ENDED = "ended"
    SUSPENDED = "suspended"
    REPAIRED = "repaired"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"


class Follower:
    """What a follower answers. All ids are of Disclosure, of items that are or were public; lists may hold thousands.

    A class that derives from this one need only write the verbs that concern it. What it raises undoes the verb itself.
    """

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        """Items became public, or came back with a batch whose undo was reversed."""

    def changed(self, ids: Sequence[int], *, by: Actor) -> None:
        """What the public sees of items, or until when, changed."""

    def ended(self, ids: Sequence[int], *, by: Actor) -> None:
        """The period of items is over; also of those that were suspended meanwhile."""

    def suspended(self, ids: Sequence[int], *, by: Actor) -> None:
        """Items are hidden for the time being."""

    def repaired(self, ids: Sequence[int], *, by: Actor) -> None:
        """The publication of items ended early, by a repair."""

    def restored(self, ids: Sequence[int], *, by: Actor) -> None:
        """Items are shown again that were suspended, or wrongly repaired."""

    def withdrawn(self, ids: Sequence[int], *, by: Actor) -> None:
        """Items were taken back for good, whatever had become of their publication before."""


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower; twice the same object is once."""
    if follower not in _followers:
        _followers.append(follower)


def tell(verb: Verb, ids: Sequence[int], *, by: Actor) -> None:
    """Tell every follower, in the order of registration. Called by the verbs of disclosure, inside their transaction."""
    for follower in tuple(_followers):
        getattr(follower, verb.value)(ids, by=by)
