"""Photos as they arrived: their names and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from casework.rules.attachments import AttachedFile


def hashed(photos: Iterable[AttachedFile]) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each photo."""
    for each in photos:
        yield each.name, hashlib.sha256(each.data).hexdigest()
