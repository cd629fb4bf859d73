"""Sealing of personal numbers and of files: AES-256-GCM for keeping, keyed hashes for exact look-up; the keys have numbers and can be changed.

A token is MAGIC, the number of its key, a nonce, and the cipher, which is bound to its *place*: what the value is for and which row (or
number) it belongs to. Moved elsewhere it does not open. Tokens of the first format (a nonce, the cipher, no place) open with key 1 until
`manage.py reencrypt` has passed over them.

The first key of `settings.FIELD_KEYS` seals and hashes; the others only open what is there and find what was hashed with them.
The plain number leaves this module only through `open_sealed`, called by actions that register the look first.
(个人信息保护法 art. 51: encryption and de-identification; the number is sensitive personal information, art. 28.)
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from credit_platform.errors import Refused

MAGIC = b"SEALED\x02"
HEAD = len(MAGIC) + 2
"""Bytes in front of the nonce: 9, which is twelve characters of base64, so that SQL can read the key's number from either form."""
_NONCE = 12
_FIRST = 1
"""The number of the key that had none: FIELD_KEY."""


class Unreadable(Refused):
    """A token does not open: altered, moved to another place, or of a key that is not given."""


class Sealed(TypedDict):
    """How a personal number stands in JSON: the token, the look-up hash and the masked form."""

    sealed: str
    hash: str
    masked: str


@dataclass(frozen=True, slots=True)
class _Key:
    number: int
    cipher: AESGCM
    lookup: bytes
    arrival: bytes
    former: AESGCM | None  # of the format without a place


@lru_cache(maxsize=8)
def _ring(given: tuple[tuple[int, str], ...]) -> dict[int, _Key]:
    return {number: _derived(number, secret) for number, secret in given}


def _derived(number: int, secret: str) -> _Key:
    """One key for each use, none of which tells another. Key 1 keeps the look-up of its time, or every hash would be a former one."""

    def use(name: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"credit platform:{name}".encode()).derive(secret.encode())

    if number != _FIRST:
        return _Key(number, AESGCM(use("seal")), use("lookup"), use("arrival"), None)
    lookup = hashlib.sha256(b"lookup:" + secret.encode()).digest()
    former = AESGCM(hashlib.sha256(b"cipher:" + secret.encode()).digest())
    return _Key(number, AESGCM(use("seal")), lookup, lookup, former)


def _keys() -> dict[int, _Key]:
    return _ring(tuple(settings.FIELD_KEYS))


def _current() -> _Key:
    return next(iter(_keys().values()))


def key_number() -> int:
    """The number of the key that seals now."""
    return _current().number


def rotating() -> bool:
    """Whether former keys are given beside the current one: look-ups then try the hashes of all."""
    return len(_keys()) > 1


def place(purpose: str, *row: object) -> str:
    """What a token is bound to: the use ("records.subject") and what names the row in it."""
    return ":".join([purpose, *map(str, row)])


def head() -> bytes:
    """How a token of the current key begins."""
    return MAGIC + key_number().to_bytes(2, "big")


def encrypt(plain: bytes, where: str) -> bytes:
    """A token of `plain` with the current key, bound to its place."""
    key, nonce = _current(), os.urandom(_NONCE)
    return head() + nonce + key.cipher.encrypt(nonce, plain, where.encode())


def decrypt(token: bytes, where: str) -> bytes:
    """The reverse of `encrypt`, whichever of the given keys the token is of. Unreadable with the reason."""
    token = bytes(token)
    numbered = token.startswith(MAGIC)
    number = int.from_bytes(token[len(MAGIC) : HEAD], "big") if numbered else _FIRST
    key, first = _keys().get(number), _keys().get(_FIRST)
    if numbered and key and (plain := _opened(key.cipher, token[HEAD:], where.encode())) is not None:
        return plain
    # A token of the first format begins with seven random bytes: once in 2^56 they look like MAGIC.
    if first and first.former and (plain := _opened(first.former, token, None)) is not None:
        return plain
    if key is None:
        raise Unreadable(
            "sealing.key-missing",
            f"这项内容用 {number} 号密钥加密，该密钥未配置，无法打开。",
            mend="请系统管理员在 FIELD_KEYS 中补上该密钥，见《运维手册》。",
        )
    raise Unreadable(
        "sealing.altered",
        "这项加密内容无法打开：被改动、移动过，或者密钥不符。",
        mend="请与系统管理员联系，核对 FIELD_KEY、FIELD_KEYS，或从备份中恢复。",
    )


def _opened(cipher: AESGCM, rest: bytes, bound: bytes | None) -> bytes | None:
    try:
        return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None


def number_hash(number: str) -> str:
    """Keyed hash (HMAC-SHA256, hex) of a normalised number; equal numbers give equal hashes, and only with the key."""
    return _hmac(_current().lookup, number)


def number_hashes(number: str) -> list[str]:
    """The hash with each of the given keys, that of the current one first: what an exact look-up must try while keys change."""
    return [_hmac(key.lookup, number) for key in _keys().values()]


def arrival_keys() -> dict[int, bytes]:
    """By number the keys for fingerprints of arrivals, the current one first."""
    return {number: key.arrival for number, key in _keys().items()}


def fingerprint(key: bytes, text: str) -> str:
    """Keyed hash of a text with one of `arrival_keys`."""
    return _hmac(key, text)


def _hmac(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()


def seal(number: str, masked: str) -> Sealed:
    """The stored form of a personal number: token, look-up hash and the masked form that staff may see, which the caller gives."""
    digest = number_hash(number)
    token = encrypt(number.encode(), _of_number(digest))
    return {"sealed": base64.b64encode(token).decode(), "hash": digest, "masked": masked}


def open_sealed(value: Sealed) -> str:
    """The plain number. Only actions may call this, after the look was registered. Unreadable as in `decrypt`."""
    try:
        token = base64.b64decode(value["sealed"])
    except ValueError:
        token = b""
    return decrypt(token, _of_number(value["hash"])).decode()


def reseal(value: Sealed) -> Sealed:
    """The same number sealed with the current key."""
    return seal(open_sealed(value), value["masked"])


def _of_number(digest: str) -> str:
    return place("number", digest)
