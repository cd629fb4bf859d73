"""What stands above the ledger and must act in the same transaction when records enter, change or leave it.

`records` may not import `disclosure`, so the app above registers a follower in its AppConfig.ready() and the ledger's actions call
it: set-wise, explicitly, inside the transaction. No signals: one call site per verb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from credit_platform.accounts.actors import Actor


class Follower(Protocol):
    """What a follower answers. All ids are of CreditRecord; lists may hold a hundred thousand."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New or revived records stand in the ledger."""

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The content of standing records changed."""

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """Records were revoked by their organ."""

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """Those that a batch undo must keep, each with the Chinese reason (already published, for one)."""

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records were taken back with their batch."""

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject because two files were merged, or came back: follow `record.subject` at once.

        What is said has not changed, so nothing needs a correction.
        """


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Add a follower; twice the same object is once."""
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[Follower, ...]:
    """All followers in the order of registration."""
    return tuple(_followers)
