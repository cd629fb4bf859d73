"""Files at rest: encrypted in pieces under the private media folder, for they may hold personal numbers.

What they are, and in which words a person hears that one is too large or gone, is the caller's: the refusals here say what happened.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from credit_platform import sealing
from credit_platform.errors import Refused
from credit_platform.resealing import Batch

MOST = 50 * 1024 * 1024
"""Bytes of a file when the caller names no limit of its own."""
SUFFIX, _DRAFT = ".sealed", ".resealing"
_PIECE = 1024 * 1024
_FIRST, _HEAD = b"CRED1", b"CRED2"  # the first format is not bound to its name
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
    relative = f"{folder}/{timezone.localdate():%Y%m}/{uuid.uuid4().hex}{SUFFIX}"
    target = Path(settings.MEDIA_ROOT) / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise TooLarge(most)
            digest.update(piece)
            yield piece

    try:
        with os.fdopen(descriptor, "wb") as out:
            _write(out, relative, counted())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return Stored(relative, size, digest.hexdigest())


def read(path: str) -> bytes:
    """The whole file in clear, in memory once. Lost when it is gone, cut short or altered."""
    clear = io.BytesIO()  # its value is handed out without another copy
    try:
        with (Path(settings.MEDIA_ROOT) / path).open("rb") as source:
            for piece in _opened(source, path):
                clear.write(piece)
    except OSError as error:
        raise Lost("存放的文件已不在服务器上。") from error
    return clear.getvalue()


def is_sealed(path: Path) -> bool:
    """Whether a file is one of ours: encrypted, told by its head."""
    with path.open("rb") as source:
        return source.read(len(_HEAD))[:4] == _HEAD[:4]


def remove(path: str) -> None:
    """Delete a stored file; harmless when it is gone."""
    if path:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def _write(out: BinaryIO, relative: str, pieces: Iterable[bytes]) -> None:
    out.write(_HEAD + sealing.key_number().to_bytes(2, "big"))
    for index, (piece, last) in enumerate(_even(pieces)):
        token = sealing.encrypt(index.to_bytes(8, "big") + (_LAST if last else _MORE) + piece, _place(relative))
        out.write(len(token).to_bytes(4, "big") + token)


def _place(relative: str) -> str:
    return sealing.place("file", relative)


def _opened(source: BinaryIO, relative: str) -> Iterator[memoryview]:
    """The pieces in clear, each held against its place, the last against the end of the file."""
    index, last, head = 0, False, source.read(len(_HEAD))
    sound = head == _FIRST or (head == _HEAD and len(source.read(2)) == 2)
    while sound and (length := source.read(4)):
        token = source.read(int.from_bytes(length, "big"))
        try:
            plain = sealing.decrypt(token, _place(relative))
        except sealing.Unreadable as error:
            if error.code == "sealing.key-missing":
                raise
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


class Files:
    """The files as a place of tokens (`resealing`): each is written anew beside itself and takes its name when it is whole."""

    label = "附件和导入原始文件"
    start: int | str = ""

    def left(self) -> int:
        """Files of another key or of the first format."""
        return sum(1 for _ in self._stale(""))

    def again(self, last: int | str, most: int) -> Batch:
        """Write up to `most` files behind the name `last` anew."""
        batch = Batch(last=last, more=False)
        if last == self.start:
            _clear_drafts()
        for count, relative in enumerate(self._stale(str(last))):
            if count == most:
                batch.more = True
                break
            batch.last = relative
            try:
                batch.done += _renew(relative)
            except (Lost, sealing.Unreadable) as error:
                batch.troubles.append(f"{self.label} {relative}：{error.text}")
        return batch

    def _stale(self, last: str) -> Iterator[str]:
        root = Path(settings.MEDIA_ROOT)
        current = _HEAD + sealing.key_number().to_bytes(2, "big")
        for path in sorted(root.rglob(f"*{SUFFIX}")):
            relative = path.relative_to(root).as_posix()
            with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                if relative > last and path.open("rb").read(len(current)) != current:
                    yield relative


def _renew(relative: str) -> int:
    """1 when the file was written anew, 0 when it was removed meanwhile. Two at once write the same content twice."""
    path = Path(settings.MEDIA_ROOT) / relative
    draft = path.with_name(f"{path.stem}.{uuid.uuid4().hex}{_DRAFT}")
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            path.open("rb") as source,
        ):
            _write(out, relative, (bytes(piece) for piece in _opened(source, relative)))
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            draft.replace(path)
            return 1
    except FileNotFoundError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return 0


def _clear_drafts() -> None:
    """What a killed pass left; those of the last day may belong to one that is at work."""
    before = time.time() - 24 * 3600
    for path in Path(settings.MEDIA_ROOT).rglob(f"*{_DRAFT}"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
