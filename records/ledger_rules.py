"""What makes two rows the same record, and what makes its content differ. Pure; the same for one form and a whole file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

FIRST_DAY = date(1949, 10, 1)
"""No decision is older (a check constraint of the ledger says so too); older foundations of firms are kept in the content."""

SEALED_PARTS = frozenset({"sealed", "hash", "masked"})
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(content: Mapping[str, Any]) -> str:
    """The content as JSON with sorted keys. A sealed number counts by its keyed hash, for sealing it twice gives two tokens."""
    if dict in map(type, content.values()):
        content = {code: _plain(value) for code, value in content.items()}
    return _encode(content)


def content_hash(content: Mapping[str, Any]) -> str:
    """MD5 of the canonical content, hex: says “unchanged”, protects nothing."""
    return hash_of(canonical(content))


def hash_of(text: str) -> str:
    """The hash of a canonical text, for who has made it already."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def arrival_text(item_code: str, natural: tuple[str, ...]) -> str:
    """What the fingerprint of an arrival is made of; hash it with `former_keys.Arrivals`, for it may hold a personal number.

    `natural` is `RowKeys.natural()`: authority, document key, subject, day of decision, kind of subject.
    """
    return "\x1f".join(("arrival", item_code, *natural))


def one_per_subject(kind: str) -> bool:
    """Whether a subject has only one record of an item: registration data are kept up to date, not added to.

    Such a record is found by subject and item alone; its document key is "" and its day and authority follow the latest data.
    """
    return kind == "registration"


def record_day(decided_on: date | None, received_on: date) -> date:
    """The day a record stands under: that of the decision, the day of arrival where the standard has none."""
    return max(decided_on or received_on, FIRST_DAY)


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == SEALED_PARTS:
        return {"hash": value["hash"]}
    return value
