"""What a parcel from a partner must be, and how its rows are answered. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

NAME = re.compile(r"[0-9A-Za-z_-]{1,120}")
MOST_ROWS = 10_000
ROWS_AT_ONCE = 1_000
"""What the importer takes in one push."""


def objection(name: object, rows: object) -> str:
    """What stands against a parcel as a whole, in Chinese; "" when it can be read."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        return "parcel（批次）应为 1 至 120 个字母、数字、下划线或连字符。"
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        return f"rows 应为 1 至 {MOST_ROWS} 条的数组。"
    if not all(isinstance(row, dict) for row in rows):
        return "rows 的每一条应为 JSON 对象。"
    return ""


def digest_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over the rows, whatever order their fields came in: the same parcel again has the same."""
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def pieces(rows: Sequence[Mapping[str, Any]]) -> list[Sequence[Mapping[str, Any]]]:
    """The rows as the importer takes them."""
    return [rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE)]
