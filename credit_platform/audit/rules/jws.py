"""What the platform says, signed: canonical JSON (JCS, RFC 8785) as a compact JWS (RFC 7515) with Ed25519 (RFC 8037). Pure.

Who signs and who verifies is an argument, as in `notes`. What is signed holds texts, whole numbers, yes and no, nothing, lists and objects: no
fractions, whose way of being written is the one thing that makes canonical JSON difficult.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LARGEST = 65_536
"""Characters of a token that are looked at; a receipt of ours has about two thousand."""
ALGORITHM = "EdDSA"
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_WHOLE = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (RFC 7493)."""

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""Signature and signed bytes → whether they belong together."""


class BadToken(ValueError):
    """No signed text of ours: not of this form, of another algorithm, or altered; the text says which, in Chinese."""


@dataclass(frozen=True, slots=True)
class Token:
    """A signed text taken apart, not yet believed: what kind it says it is, whose key, what it says, what was signed and how."""

    kind: str
    key: str
    payload: dict[str, Any]
    covered: bytes
    signature: bytes


def canonical(value: Any) -> bytes:
    """The one way to write a value as JSON (RFC 8785). ValueError for a fraction, a number beyond 2^53, half a surrogate pair.

    Names of members are ours and ASCII, so that the order of code points is that of UTF-16 units, which the standard asks for.
    """
    _require_plain(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def signed(text: bytes, *, kind: str, key: str, sign: Sign) -> str:
    """The compact token over a `canonical` text; `kind` tells readers what it is (`typ`), `key` which published key verifies it (`kid`)."""
    covered = b".".join([_head(kind, key), _base64(text)])
    return b".".join([covered, _base64(sign(covered))]).decode()


@lru_cache(maxsize=16)
def _head(kind: str, key: str) -> bytes:
    return _base64(canonical({"alg": ALGORITHM, "kid": key, "typ": kind}))


def taken_apart(text: str) -> Token:
    """What a token says and whose it claims to be. BadToken when it is none; whether to believe it is asked with `holds`."""
    text = "".join(text.split())
    if len(text) > LARGEST or not _SHAPE.fullmatch(text):
        raise BadToken("不是签名回执：应为以两个英文句点分开的三段字符。")
    head, payload, signature = text.split(".")
    said, told = _object(head), _object(payload)
    if said.get("alg") != ALGORITHM or not isinstance(said.get("kid"), str) or "crit" in said:
        raise BadToken("签名算法不是 EdDSA，或者没有写明公钥编号。")
    return Token(str(said.get("typ", "")), said["kid"], told, f"{head}.{payload}".encode(), _bytes(signature))


def holds(token: Token, verify: Verify) -> bool:
    """Whether the key that `verify` stands for has signed exactly this."""
    return verify(token.signature, token.covered)


def _require_plain(value: Any) -> None:
    waiting = [value]
    for each in waiting:  # grows as it is walked
        if isinstance(each, str | bool) or each is None:
            continue
        if isinstance(each, dict):
            _require_names(each)
            waiting += [inner for inner in each.values() if type(inner) is not str]
        elif isinstance(each, list | tuple):
            waiting += each
        elif not isinstance(each, int) or abs(each) > _WHOLE:
            raise ValueError(f"not to be signed: {type(each).__name__}")


def _require_names(given: dict[Any, Any]) -> None:
    try:
        plain = all(map(str.isascii, given))
    except TypeError:
        plain = False
    if not plain:
        raise ValueError("not to be signed: a name that is no ASCII text")


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadToken("签名回执的内容不可读：不是 JSON 对象。")
    return found


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _bytes(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return b""
