"""Who read what with a key: told to whoever keeps it above, so that readers can be told of changes. Reading without a key is nobody's.

readers.register(keep)      # keep(Read(client, what, ref, after, last)); called after the answer was made
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from credit_platform.accounts.models import ApiClient
from credit_platform.web import replica

FEED, LIST, ITEM, SUBJECT = "feed", "list", "item", "subject"


@dataclass(frozen=True, slots=True)
class Read:
    """One answer to a client: of the feed what it had (`after`) and what it was given (`last`), of an item or subject its public id or code."""

    client: ApiClient
    what: str
    ref: str = ""
    after: int = 0
    last: int = 0


Reader = Callable[[Read], None]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Add who keeps what was read; twice the same is once."""
    if reader not in _readers:
        _readers.append(reader)


def tell(by: object, what: str, ref: str = "", *, after: int = 0, last: int = 0) -> None:
    """Tell that an answer goes to `by`; nothing when that is not a client."""
    if isinstance(by, ApiClient):
        replica.leave()
        for reader in tuple(_readers):
            reader(Read(by, what, ref, after, last))
