"""A backup's files under a key of their own: AES-256-GCM in pieces, as they are made, so that nothing lies on the disk in clear.

A file is MAGIC, a salt, and pieces of a megabyte: four bytes of length, then the cipher. Each piece is bound to the name of the file, to
its place and to whether it is the last, so that pieces cannot be exchanged, left out or cut off. The key of a file is derived from
BACKUP_KEY and the salt: no nonce is ever used twice. Memory stays at two pieces, whatever the size.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from credit_platform.keys import is_strong  # noqa: E402

MAGIC = b"CREDITBACKUP\x01"
SUFFIX = ".enc"
PIECE = 1024 * 1024
_SALT, _TAG = 32, 16
NAME = "BACKUP_KEY"


class CipherError(RuntimeError):
    """The key is none, or is missing, or a file is not what was written; the text says which and what."""


def given_key(env: Mapping[str, str]) -> str:
    """BACKUP_KEY, "" when backups are not encrypted. CipherError when it is no key."""
    key = env.get(NAME, "").strip()
    if key and not is_strong(key):
        raise CipherError(f"{NAME} 不是 32 字节的 base64 密钥。生成方法见 deploy/env.example。")
    return key


def mark(key: str) -> str:
    """Tells keys apart and nothing of the key."""
    return hashlib.sha256(b"credit backup cipher mark:" + key.encode()).hexdigest()[:16] if key else ""


def seal_of(manifest: Mapping[str, Any], key: str) -> str:
    """A keyed hash over the manifest, so that it too cannot be altered unseen."""
    text = json.dumps({name: manifest[name] for name in sorted(manifest) if name != "seal"}, sort_keys=True)
    return hmac.digest(_derived(key, b"manifest", b""), text.encode(), "sha256").hex()


class Writer(io.RawIOBase):
    """A file to write into; `close` writes the last piece. Without it the file does not open."""

    def __init__(self, path: Path, key: str) -> None:
        super().__init__()
        self._name, self._index, self._waiting = path.name, 0, bytearray()
        self._out = path.open("xb")
        salt = os.urandom(_SALT)
        self._cipher = AESGCM(_derived(key, b"file", salt))
        self._out.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        for at in range(0, len(view), PIECE):
            self._waiting += view[at : at + PIECE]
            while len(self._waiting) > PIECE:
                self._piece(bytes(self._waiting[:PIECE]), last=False)
                del self._waiting[:PIECE]
        return len(view)

    def close(self) -> None:
        if not self.closed:
            self._piece(bytes(self._waiting), last=True)
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
        super().close()

    def _piece(self, plain: bytes, *, last: bool) -> None:
        cipher = self._cipher.encrypt(_nonce(self._index), plain, _bound(self._name, self._index, last))
        self._out.write(len(cipher).to_bytes(4, "big") + cipher)
        self._index += 1


class Reader(io.RawIOBase):
    """The file in clear, read once from its beginning. CipherError where it was altered or ends too early."""

    def __init__(self, path: Path, key: str) -> None:
        super().__init__()
        self._source = path.open("rb")
        self._pieces = _opened(self._source, path.name, key)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count

    def close(self) -> None:
        self._source.close()
        super().close()


def writer(path: Path, key: str) -> BinaryIO:
    """Where a part of a backup is written: encrypted when there is a key."""
    return cast(BinaryIO, Writer(path, key)) if key else path.open("xb")


def reader(path: Path, key: str) -> BinaryIO:
    """A part of a backup in clear, by its name."""
    if not path.name.endswith(SUFFIX):
        return path.open("rb")
    return cast(BinaryIO, io.BufferedReader(Reader(path, key), PIECE))


def _opened(source: BinaryIO, name: str, key: str) -> Iterator[bytes]:
    head = source.read(len(MAGIC) + _SALT)
    if len(head) != len(MAGIC) + _SALT or not head.startswith(MAGIC):
        raise CipherError(f"{name} 不是加密的备份文件。")
    cipher, index = AESGCM(_derived(key, b"file", head[len(MAGIC) :])), 0
    length = source.read(4)
    while True:
        size = int.from_bytes(length, "big")
        piece = source.read(size) if len(length) == 4 and _TAG <= size <= PIECE + _TAG else b""
        if not piece or len(piece) != size:
            raise CipherError(f"{name} 不完整：文件被截断。")
        length = source.read(4)
        try:
            yield cipher.decrypt(_nonce(index), piece, _bound(name, index, not length))
        except InvalidTag as error:
            raise CipherError(f"{name} 第 {index + 1} 段无法打开：文件被改动或截断，或者 {NAME} 不符。") from error
        if not length:
            return
        index += 1


def _derived(key: str, use: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt or None, info=b"credit backup:" + use).derive(key.encode())


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def _bound(name: str, index: int, last: bool) -> bytes:
    return f"{name}:{index}:{int(last)}".encode()
