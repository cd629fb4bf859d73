"""Why a whole file is refused, in the words that people read."""

from __future__ import annotations

from credit_platform.errors import Refused


class FileRefused(Refused):
    """The file as a whole cannot be read: nothing of it was looked at row by row."""


class Interrupted(FileRefused):
    """The reading was ended from outside (a kill, a machine short of memory): no fault of the file, trying again may help."""


def refuse(code: str, text: str, mend: str = "") -> FileRefused:
    """A refusal with a stable code (`file.…`), the reason and what to do."""
    return FileRefused(f"file.{code}", text, mend=mend)


def interrupted(code: str, text: str, mend: str = "请稍后重试；多次出现时请联系系统管理员。") -> Interrupted:
    """The same for what is not the file's fault."""
    return Interrupted(f"file.{code}", text, mend=mend)
