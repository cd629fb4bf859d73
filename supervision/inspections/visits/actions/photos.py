"""Photos as they arrived: their names and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from casework.rules.attachments import LARGEST, AttachedFile


def hashed(photos: Iterable[AttachedFile]) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each photo that arrived whole: what is too large was read in part, and is refused for its size."""
    for each in photos:
        if len(each.data) <= LARGEST:
            yield each.name, hashlib.sha256(each.data).hexdigest()
