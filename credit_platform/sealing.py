"""Sealing of personal numbers: AES-GCM for keeping, a keyed hash for exact look-up.

The plain number leaves this module only through `open_sealed`, called by one action that registers the look first.
(个人信息保护法 art. 51: encryption and de-identification; the number is sensitive personal information, art. 28.)
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import TypedDict

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class Sealed(TypedDict):
    """How a personal number stands in JSON: the token, the look-up hash and the masked form."""

    sealed: str
    hash: str
    masked: str


@lru_cache(maxsize=4)
def _keys(secret: str) -> tuple[AESGCM, bytes]:
    cipher = hashlib.sha256(b"cipher:" + secret.encode()).digest()
    return AESGCM(cipher), hashlib.sha256(b"lookup:" + secret.encode()).digest()


def number_hash(number: str) -> str:
    """Keyed hash (HMAC-SHA256, hex) of a normalised number; equal numbers give equal hashes, and only with the key."""
    return hmac.digest(_keys(settings.FIELD_KEY)[1], number.encode(), "sha256").hex()


def encrypt(plain: bytes) -> bytes:
    """AES-256-GCM with a fresh nonce in front."""
    nonce = os.urandom(12)
    return nonce + _keys(settings.FIELD_KEY)[0].encrypt(nonce, plain, None)


def decrypt(token: bytes) -> bytes:
    """The reverse of `encrypt`; cryptography's InvalidTag when the token was altered or the key is another."""
    return _keys(settings.FIELD_KEY)[0].decrypt(bytes(token[:12]), bytes(token[12:]), None)


def seal(number: str, masked: str) -> Sealed:
    """The stored form of a personal number: token, look-up hash and the masked form that staff may see, which the caller gives."""
    return {
        "sealed": base64.b64encode(encrypt(number.encode())).decode(),
        "hash": number_hash(number),
        "masked": masked,
    }


def open_sealed(value: Sealed) -> str:
    """The plain number. Only actions may call this, after the look was registered."""
    return decrypt(base64.b64decode(value["sealed"])).decode()
