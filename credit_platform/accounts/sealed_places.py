"""Where accounts keep what is sealed: the secret of an authenticator, bound to its owner."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

FACTOR = "accounts.second_factor"
PLACES = (
    Column(label="动态口令密钥", table="accounts_secondfactor", column="secret", purpose=FACTOR, bound=("user_id",)),
)


def sealed_secret(secret: bytes, user_id: int) -> bytes:
    """The token of an authenticator's secret."""
    return sealing.encrypt(secret, sealing.place(FACTOR, user_id))


def opened_secret(token: bytes | memoryview, user_id: int) -> bytes:
    """The secret in clear; it goes into a comparison, or to its owner while the factor is not confirmed."""
    return sealing.decrypt(bytes(token), sealing.place(FACTOR, user_id))
