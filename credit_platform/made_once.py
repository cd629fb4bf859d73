"""A secret that the platform makes for itself when nobody gave one: made once, readable to the platform alone."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path


def made_once(path: Path, make: Callable[[], str]) -> str:
    """The text in the file, made the first time (ASCII, mode 0600); two processes that start together get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            draft.touch(mode=0o600)
            draft.write_text(make(), encoding="ascii")
            draft.replace(path)
        return path.read_text(encoding="ascii", errors="replace")
