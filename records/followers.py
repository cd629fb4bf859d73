"""What stands above the ledger and must act in the same transaction when records enter, change or leave it.

`records` may not import `disclosure`, so the app above registers a follower in its AppConfig.ready() and the ledger's actions call
it: set-wise, explicitly, inside the transaction. No signals: one call site per verb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from credit_platform.accounts.actors import Actor
from credit_platform.errors import Finding

if TYPE_CHECKING:
    from records.models import CreditRecord


class Follower(Protocol):
    """What a follower answers. All ids are of CreditRecord; lists may hold a hundred thousand."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New or revived records stand in the ledger."""

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The content of active records changed."""

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """Records were revoked by their authority."""

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """Those that a batch undo must keep, each with the Chinese reason (already published, for one)."""

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records were taken back with their batch."""

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject because two files were merged, or came back: follow `record.subject` at once.

        What is said has not changed, so nothing needs a correction.
        """


Remarks = Callable[[Sequence[int]], Mapping[int, Finding]]
"""Given records that a file or a push has entered or changed: what is worth saying of some of them, as warnings."""

Holds = Callable[..., bool]
"""`(record, *, by, reason, on) -> bool`: whether a revocation has to wait for another person, who will carry it out; then it is written down."""

_followers: list[Follower] = []
_holds: list[Holds] = []
_remarks: list[Remarks] = []


def register(follower: Follower) -> None:
    """Add a follower; twice the same object is once."""
    if follower not in _followers:
        _followers.append(follower)


def register_remarks(remarks: Remarks) -> None:
    """Add somebody who has something to say of what was sent; twice the same is once."""
    if remarks not in _remarks:
        _remarks.append(remarks)


def register_hold(holds: Holds) -> None:
    """Add somebody without whom one person's revocation does not take effect; twice the same is once."""
    if holds not in _holds:
        _holds.append(holds)


def held(record: CreditRecord, *, by: Actor, reason: str, on: date) -> bool:
    """Whether the revocation of a record waits for a second person. Called inside the revocation's transaction, the record locked."""
    return any(holds(record, by=by, reason=reason, on=on) for holds in _holds)


def remarks_of(record_ids: Sequence[int]) -> list[tuple[int, Finding]]:
    """What is worth saying of records just entered or changed, by record."""
    return [(pk, finding) for remarks in _remarks for pk, finding in remarks(record_ids).items()]


def followers() -> tuple[Follower, ...]:
    """All followers in the order of registration."""
    return tuple(_followers)
