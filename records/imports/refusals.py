"""Why a whole file is refused, in the words that people read."""

from __future__ import annotations

from credit_platform.errors import Refused


class FileRefused(Refused):
    """The file as a whole cannot be read: nothing of it was looked at row by row."""


def refuse(code: str, text: str, mend: str = "") -> FileRefused:
    """A refusal with a stable code (`file.…`), the reason and what to do."""
    return FileRefused(f"file.{code}", text, mend=mend)
