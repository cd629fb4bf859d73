"""The signature under an answer. The key is entered and published the first time it signs, and read again when another is given."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import signing, signing_keys
from credit_platform.audit.rules import jws

KIND = "credit-check+jws"


def ready() -> None:
    """See that the key is published before anything is dated that it will sign. Refused when there is no usable key."""
    _signer(settings.RECEIPT_KEY, str(settings.RECEIPT_KEY_FILE))


def signed(text: bytes) -> str:
    """The receipt over what a check says in canonical JSON: a compact JWS. Refused, and so no answer, when there is no usable key."""
    signer = _signer(settings.RECEIPT_KEY, str(settings.RECEIPT_KEY_FILE))
    return jws.signed(text, kind=KIND, key=signer.key, sign=signer.sign)


@lru_cache(maxsize=4)
def _signer(given: str, file: str) -> signing.Signer:
    signer = signing.receipt_signer()
    signing_keys.entered(signer, by=SYSTEM)
    return signer
