"""The signature of a request or an answer: an HMAC over method, path, digest of the body, nonce and time. Pure; the clock is an argument.

SM3 (GB/T 32905) where commercial cryptography is asked for and OpenSSL has it, else SHA-256. The line break stands in none of the parts.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

MOST_SECONDS = 300
"""How far the clocks of both sides may be apart, and how long a nonce is remembered."""
NONCE = re.compile(r"[0-9a-f]{32}")
ANSWER = "ANSWER"
"""Stands where a request has its method."""


class Algorithm(StrEnum):
    """What the HMAC and the digest are made with."""

    SHA256 = "sha256"
    SM3 = "sm3"


ALGORITHM_LABELS: dict[Algorithm, str] = {Algorithm.SHA256: "HMAC-SHA256", Algorithm.SM3: "HMAC-SM3（国密）"}


@dataclass(frozen=True, slots=True)
class Signed:
    """What goes with a body: its digest, the nonce, the moment in seconds since 1970, and the signature over all."""

    digest: str
    nonce: str
    time: int
    signature: str


def is_available(algorithm: Algorithm) -> bool:
    """Whether this machine's OpenSSL has it."""
    return algorithm.value in hashlib.algorithms_available


def sign(
    key: bytes, method: str, path: str, body: bytes, *, nonce: str, time: int, algorithm: Algorithm = Algorithm.SHA256
) -> Signed:
    """Sign a body that goes to (or comes from) a path. ValueError where a part holds a line break."""
    digest = hashlib.new(algorithm.value, body).hexdigest()
    parts = (method, path, digest, nonce, str(time))
    if any("\n" in part for part in parts):
        raise ValueError("no part of what is signed may hold a line break")
    return Signed(digest, nonce, time, hmac.new(key, "\n".join(parts).encode(), algorithm.value).hexdigest())


def objection(
    key: bytes, method: str, path: str, body: bytes, signed: Signed, *, now: int, algorithm: Algorithm
) -> str:
    """What stands against a signature, in Chinese; "" when it is good. That the nonce is new the caller knows."""
    if not NONCE.fullmatch(signed.nonce):
        return "随机数应为 32 位小写十六进制。"
    if abs(now - signed.time) > MOST_SECONDS:
        return f"签名时间与本平台相差超过 {MOST_SECONDS} 秒，请校准时钟后重发。"
    right = sign(key, method, path, body, nonce=signed.nonce, time=signed.time, algorithm=algorithm)
    if not hmac.compare_digest(right.digest, signed.digest):
        return "内容与所附摘要不符，可能在传输中损坏，请重发。"
    if not hmac.compare_digest(right.signature, signed.signature):
        return "签名不正确，请核对密钥和签名算法。"
    return ""
