"""Why a whole file is refused, in the words that people read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from credit_platform import vault
from credit_platform.errors import Refused


class FileRefused(Refused):
    """The file as a whole cannot be read: nothing of it was looked at row by row."""


def refuse(code: str, text: str, mend: str = "") -> FileRefused:
    """A refusal with a stable code (`file.…`), the reason and what to do."""
    return FileRefused(f"file.{code}", text, mend=mend)


@contextmanager
def of_kept_files() -> Iterator[None]:
    """What the vault says of a file, in the words of somebody who uploads it."""
    try:
        yield
    except vault.TooLarge as error:
        raise refuse("size", error.text, "请分成几个文件上传。") from error
    except vault.Lost as error:
        raise refuse("lost", error.text, "请重新上传。") from error
