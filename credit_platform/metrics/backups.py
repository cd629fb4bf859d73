"""What lies in the folder of backups, read from the manifests that `scripts/backup.py` writes when all is well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that ended well."""

    folder: Path
    taken_at: datetime
    bytes: int


def newest(folder: Path) -> Backup | None:
    """The newest finished backup of a folder, None when there is none that can be read."""
    found = [backup for path in folder.glob(f"*/{MANIFEST}") if (backup := _read(path)) is not None]
    return max(found, key=lambda backup: backup.taken_at, default=None)


def _read(path: Path) -> Backup | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        taken_at = datetime.fromisoformat(raw["taken_at"])
        size = sum(int(about["bytes"]) for about in raw["files"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Backup(path.parent, taken_at.astimezone(), size)
