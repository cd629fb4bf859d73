"""The way of files: names, manifests and receipts (GB/T 39443-2020 5.5; the layout is ours until the province's paper is there). Pure.

A parcel is two files: the rows, one JSON object a line, and a manifest that comes last. Who finds the manifest finds the rows whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

ROWS, MANIFEST, RECEIPT, PART = ".jsonl", ".manifest.json", "_回执.jsonl", ".tmp"
NAME = re.compile(r"[0-9A-Za-z-]{1,40}_[0-9A-Za-z-]{1,40}_[0-9]{8}_[0-9]{3,12}")


class Unsound(ValueError):
    """A file is not what its manifest says, or no manifest at all; the text is Chinese."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs to a file of rows: how many, how many bytes, their SHA-256, and the last number among them."""

    name: str
    rows: int
    bytes: int
    sha256: str
    last: int


def parcel_name(provider: str, kind: str, day: date, number: int) -> str:
    """`{提供方}_{信息种类}_{YYYYMMDD}_{批次}`; ValueError where a part would leave the folder."""
    name = f"{provider}_{kind}_{day:%Y%m%d}_{number:03d}"
    if not NAME.fullmatch(name):
        raise ValueError(f"not a name of a parcel: {name!r}")
    return name


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as they stand in a file: one JSON object a line, UTF-8."""
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows).encode()


def parsed_lines(data: bytes) -> list[dict[str, Any]]:
    """The reverse; Unsound with the number of the line that is no JSON object."""
    rows = []
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Unsound("文件不是 UTF-8 编码。") from None
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], start=1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise Unsound(f"第 {number} 行不是 JSON。") from None
        if not isinstance(row, dict):
            raise Unsound(f"第 {number} 行不是 JSON 对象。")
        rows.append(row)
    return rows


def manifest_of(name: str, data: bytes, *, rows: int, last: int = 0) -> Manifest:
    """The manifest of a file of rows."""
    return Manifest(name, rows, len(data), hashlib.sha256(data).hexdigest(), last)


def written(manifest: Manifest) -> bytes:
    """As it stands in its file."""
    return (json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def parsed_manifest(data: bytes) -> Manifest:
    """The reverse; Unsound where a part is missing or of another sort."""
    try:
        raw = json.loads(data)
        made = Manifest(
            str(raw["name"]), int(raw["rows"]), int(raw["bytes"]), str(raw["sha256"]), int(raw.get("last", 0))
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unsound("清单文件缺少 name、rows、bytes、sha256，或者格式不对。") from None
    if not NAME.fullmatch(made.name):
        raise Unsound("清单中的文件名不合命名规则。")
    return made


def whole_rows(manifest: Manifest, data: bytes) -> list[dict[str, Any]]:
    """The rows of a file that is what its manifest says; Unsound with what differs."""
    if len(data) != manifest.bytes:
        raise Unsound(f"文件为 {len(data)} 字节，清单写明 {manifest.bytes} 字节，可能没有传完。")
    if hashlib.sha256(data).hexdigest() != manifest.sha256:
        raise Unsound("文件内容与清单所附 SHA-256 不符。")
    rows = parsed_lines(data)
    if len(rows) != manifest.rows:
        raise Unsound(f"文件有 {len(rows)} 行，清单写明 {manifest.rows} 行。")
    return rows
