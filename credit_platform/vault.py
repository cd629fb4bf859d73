"""Files at rest: encrypted in pieces under the private media folder, for they may hold personal numbers.

What they are, and in which words a person hears that one is too large or gone, is the caller's: the refusals here say what happened.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils import timezone

from credit_platform import sealing
from credit_platform.errors import Refused

MOST = 50 * 1024 * 1024
"""Bytes of a file when the caller names no limit of its own."""
_PIECE = 1024 * 1024
_HEAD = b"CRED1"
_MORE, _LAST = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a file was put, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


class TooLarge(Refused):
    """The file grew beyond the limit; nothing of it was kept."""

    def __init__(self, most: int) -> None:
        super().__init__("vault.too-large", f"文件超过 {most // 1048576} 兆字节。")


class Lost(Refused):
    """A stored file is gone, cut short or altered."""

    def __init__(self, text: str) -> None:
        super().__init__("vault.lost", text, mend="请与系统管理员联系，从备份中恢复。")


def store(pieces: Iterable[bytes], *, folder: str, most: int = MOST) -> Stored:
    """Encrypt a file as it arrives. TooLarge when it grows beyond `most` bytes (nothing is kept then).

    `folder` is the part of the private media that it belongs to: one for each use.
    """
    relative = f"{folder}/{timezone.localdate():%Y%m}/{uuid.uuid4().hex}.sealed"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(_HEAD)
            for index, (piece, last) in enumerate(_even(pieces)):
                size += len(piece)
                if size > most:
                    raise TooLarge(most)
                digest.update(piece)
                token = sealing.encrypt(index.to_bytes(8, "big") + (_LAST if last else _MORE) + piece)
                out.write(len(token).to_bytes(4, "big") + token)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Stored(relative, size, digest.hexdigest())


def read(path: str) -> bytes:
    """The whole file in clear, in memory once. Lost when it is gone, cut short or altered."""
    clear = io.BytesIO()  # its value is handed out without another copy
    try:
        with (Path(settings.MEDIA_ROOT) / path).open("rb") as source:
            for piece in _opened(source):
                clear.write(piece)
    except OSError as error:
        raise Lost("存放的文件已不在服务器上。") from error
    return clear.getvalue()


def remove(path: str) -> None:
    """Delete a stored file; harmless when it is gone."""
    if path:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _opened(source: BinaryIO) -> Iterator[memoryview]:
    """The pieces in clear, each held against its place, the last against the end of the file."""
    index, last, sound = 0, False, source.read(len(_HEAD)) == _HEAD
    while sound and (length := source.read(4)):
        token = source.read(int.from_bytes(length, "big"))
        try:
            plain = sealing.decrypt(token)
        except (InvalidTag, ValueError):
            sound = False
            break
        sound = not last and int.from_bytes(plain[:8], "big") == index
        last, index = plain[8:9] == _LAST, index + 1
        if sound:
            yield memoryview(plain)[9:]
    if not sound or not last:
        raise Lost("存放的文件在服务器上已损坏。")


def _even(pieces: Iterable[bytes]) -> Iterable[tuple[bytes, bool]]:
    """Pieces of one size, each with whether it is the last."""
    waiting = bytearray()
    for piece in pieces:
        view = memoryview(piece)
        for at in range(0, len(view), _PIECE):
            waiting += view[at : at + _PIECE]
            while len(waiting) > _PIECE:
                yield bytes(waiting[:_PIECE]), False
                del waiting[:_PIECE]
    yield bytes(waiting), True
