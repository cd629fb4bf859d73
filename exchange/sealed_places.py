"""Where the tokens of the common keys lie (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

SECRET = "exchange.partner"  # noqa: S105 - what the token is bound to, not a secret
PLACES = (
    Column(label="交换对象的共同密钥", table="exchange_partner", column="secret", purpose=SECRET, bound=("code",)),
)


def sealed_secret(key: bytes, code: str) -> bytes:
    """The token of a partner's key, bound to the partner's code."""
    return sealing.encrypt(key, sealing.place(SECRET, code))


def opened_secret(token: bytes | memoryview, code: str) -> bytes:
    """The key in clear, for the moment of a signature."""
    return sealing.decrypt(bytes(token), sealing.place(SECRET, code))
