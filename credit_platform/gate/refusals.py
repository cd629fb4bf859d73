"""Why a whole file is refused, in the words that people read. What runs in the limited process takes them from the kernel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from credit_platform import vault
from credit_platform.confined.refusals import FileRefused, Interrupted, refuse

__all__ = ["FileRefused", "Interrupted", "of_kept_files", "refuse"]


@contextmanager
def of_kept_files() -> Iterator[None]:
    """What the vault says of a file, in the words of somebody who uploads it."""
    try:
        yield
    except vault.TooLarge as error:
        raise refuse("size", error.text, "请分成几个文件上传。") from error
    except vault.Lost as error:
        raise refuse("lost", error.text, "请重新上传。") from error
