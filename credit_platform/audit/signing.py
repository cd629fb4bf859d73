"""The keys that sign: one for checkpoints, one for receipts. Given by the environment, or made once and kept under `var/`, readable to the
platform alone.

A lost key loses nothing: a new one is made, published beside the old one, and what the old one signed can be checked as before.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from credit_platform.audit.rules import notes
from credit_platform.errors import Refused
from credit_platform.made_once import made_once

SEED_BYTES = 32
CHECKPOINTS, RECEIPTS = "checkpoint", "receipt"
OWN_ADDRESSES = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@dataclass(frozen=True, slots=True)
class Signer:
    """Name, public key (32 bytes), the hand that signs, and what for."""

    name: str
    public: bytes
    sign: notes.Sign
    use: str = CHECKPOINTS

    @property
    def key(self) -> str:
        """By what the published key is found (`kid`)."""
        return f"{self.name}+{notes.key_id(self.name, self.public).hex()}"


def signer() -> Signer:
    """The signer of checkpoints of today. Refused when the key that was given is none."""
    return _signer(origin(), settings.CHECKPOINT_KEY, settings.CHECKPOINT_KEY_FILE, "CHECKPOINT_KEY", CHECKPOINTS)


def receipt_signer() -> Signer:
    """The signer of receipts, with a key of its own: who may sign an answer cannot sign the head of the log. Refused as in `signer`."""
    return _signer(f"{_host()}/receipts", settings.RECEIPT_KEY, settings.RECEIPT_KEY_FILE, "RECEIPT_KEY", RECEIPTS)


def _signer(name: str, given: str, file: Path, setting: str, use: str) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(_seed(given, Path(file), setting))
    return Signer(name, private.public_key().public_bytes_raw(), private.sign, use)


def origin() -> str:
    """Who speaks in a checkpoint: CHECKPOINT_ORIGIN, else the platform's first public host."""
    if settings.CHECKPOINT_ORIGIN:
        if not notes.is_name(settings.CHECKPOINT_ORIGIN):
            raise Refused("audit.origin", "CHECKPOINT_ORIGIN 不得含空格和加号。")
        return str(settings.CHECKPOINT_ORIGIN)
    return f"{_host()}/audit"


def _host() -> str:
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in OWN_ADDRESSES and notes.is_name(host)]
    return hosts[0] if hosts else "localhost"


def holds(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature belongs to the data and the public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _seed(given: str, path: Path, setting: str) -> bytes:
    return _decoded(given, setting) if given else _decoded(made_once(path, _new_seed), str(path))


def _decoded(text: str, where: str) -> bytes:
    try:
        seed = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != SEED_BYTES:
        raise Refused("audit.key", f"{where} 不是 32 字节的 base64 密钥。", mend="生成方法见 deploy/env.example。")
    return seed


def _new_seed() -> str:
    return base64.urlsafe_b64encode(os.urandom(SEED_BYTES)).decode()
