"""How an entry becomes bytes and the bytes a link of the chain. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
ALGORITHMS = ("sha256", "sm3")

# A scheme is never changed, only added to: old links are re-computed with the fields of their own scheme.
SCHEMES: dict[int, tuple[str, ...]] = {
    1: (
        "id",
        "at",
        "kind",
        "verb",
        "actor_kind",
        "actor_id",
        "actor_name",
        "department_id",
        "unit_id",
        "object_type",
        "object_id",
        "object_label",
        "before",
        "after",
        "detail",
        "members",
        "reason",
        "basis",
        "purpose",
        "results",
        "request_id",
        "ip",
    ),
}
CURRENT_SCHEME = 1


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def canonical(entry: Mapping[str, Any], scheme: int = CURRENT_SCHEME) -> bytes:
    """One byte string per entry: its fields as JSON with sorted keys and no blanks, moments in UTC, UTF-8.

    `entry` must be read back from the database, so that PostgreSQL's own normalisation of JSON has happened.
    """
    fields = {name: _plain(entry[name]) for name in SCHEMES[scheme]}
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def link(seq: int, prev_hash: str, body: bytes, algorithm: str = "sha256") -> str:
    """The hash of one link: over its number, the link before it and the canonical entry; hexadecimal."""
    digest = hashlib.new(algorithm)
    digest.update(f"{seq}\n{prev_hash}\n".encode("ascii", "replace"))
    digest.update(body)
    return digest.hexdigest()
