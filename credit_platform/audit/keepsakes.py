"""What was noted down of the chain outside its own tables: checkpoints (rows and files) and the heads in the backups' manifests.

Whoever cuts the chain in the database would have to cut these too, on other disks and in other hands.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from credit_platform.audit import signing
from credit_platform.audit.models import Checkpoint, SigningKey
from credit_platform.audit.rules import notes

MANIFESTS = "[0-9]*/manifest.json"
LARGEST = 1_000_000
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Keepsake:
    """One thing noted down: after `size` links the chain ended with `hash`, or the tree over them had the root `root` (hexadecimal)."""

    label: str
    size: int
    hash: str = ""
    root: str = ""


@dataclass(slots=True)
class Keepsakes:
    """Everything noted down, and what among it cannot be believed (in words)."""

    all: list[Keepsake] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def keepsakes() -> Keepsakes:
    """Rows and files of checkpoints whose signature holds, and the heads in the manifests of the backups."""
    found = Keepsakes()
    known = verifiers()
    for row in Checkpoint.objects.order_by("day").iterator():
        _take(found, f"{row.day:%Y-%m-%d} 的检查点", row.note, known, row)
    for path in sorted(Path(settings.CHECKPOINT_DIR).glob("*.txt")):
        _take(found, f"检查点文件 {path.name}", _text(path), known)
    found.all += _heads_of_backups()
    return found


def verifiers() -> dict[tuple[str, bytes], notes.Verify]:
    """Who verifies a note: every key that ever signed."""
    found = {}
    for key in SigningKey.objects.all():
        public = b64decode(key.public)
        found[key.name, notes.key_id(key.name, public)] = _verifier(public)
    return found


def _verifier(public: bytes) -> notes.Verify:
    return lambda signature, data: signing.holds(public, signature, data)


def _take(
    found: Keepsakes,
    label: str,
    note: str,
    known: dict[tuple[str, bytes], notes.Verify],
    row: Checkpoint | None = None,
) -> None:
    try:
        head = notes.read_head(notes.opened(note, known))
    except notes.BadNote as error:
        found.wrong.append(f"{label}：{error}")
        return
    if row is not None and (row.size, row.root) != (head.size, head.root.hex()):
        found.wrong.append(f"{label}：环数或树根与其签名文本不符，该行被改动过。")
    found.all.append(Keepsake(label, head.size, root=head.root.hex()))


def _heads_of_backups() -> Iterator[Keepsake]:
    for path in sorted(Path(settings.BACKUP_DIR).glob(MANIFESTS)):
        try:
            about = json.loads(_text(path))
            head = _HEAD.fullmatch(about.get("chain_head") or "")
        except (ValueError, AttributeError, TypeError):
            continue  # a manifest that cannot be read is the business of check_deployment
        if head is not None:
            yield Keepsake(f"备份 {path.parent.name}", int(head[1]), hash=head[2])


def _text(path: Path) -> str:
    """What a file says, as far as one of ours would go; "" when it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as handle:
            return handle.read(LARGEST)
    except OSError:
        return ""
