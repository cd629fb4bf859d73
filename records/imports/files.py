"""Uploaded files at rest: encrypted in pieces under the private media folder, for they may hold personal numbers."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from records import sealing
from records.imports.guard import MAX_FILE
from records.imports.refusals import refuse

_PIECE = 1024 * 1024
_HEAD = b"CRED1"
_MORE, _LAST = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a file was put, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


def store(pieces: Iterable[bytes], *, folder: str = "imports") -> Stored:
    """Encrypt a file as it arrives. FileRefused when it grows beyond the limit (nothing is kept then).

    `folder` is the part of the private media that it belongs to; apps above keep their papers in one of their own.
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
                if size > MAX_FILE:
                    raise refuse("size", f"文件超过 {MAX_FILE // 1048576} 兆字节。", "请分成几个文件上传。")
                digest.update(piece)
                token = sealing.encrypt(index.to_bytes(8, "big") + (_LAST if last else _MORE) + piece)
                out.write(len(token).to_bytes(4, "big") + token)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Stored(relative, size, digest.hexdigest())


def read(path: str) -> bytes:
    """The whole file in clear, in memory once. FileRefused when it is gone, cut short or altered."""
    clear = io.BytesIO()  # its value is handed out without another copy
    try:
        with (Path(settings.MEDIA_ROOT) / path).open("rb") as source:
            for piece in _opened(source):
                clear.write(piece)
    except OSError as error:
        raise refuse("lost", "上传的文件已不在服务器上。", "请重新上传。") from error
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
        plain = sealing.decrypt(token)
        sound = not last and int.from_bytes(plain[:8], "big") == index
        last, index = plain[8:9] == _LAST, index + 1
        if sound:
            yield memoryview(plain)[9:]
    if not sound or not last:
        raise refuse("lost", "上传的文件在服务器上已损坏。", "请重新上传。")


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
