"""Where tokens lie in the register of queries (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

NUMBER = "lookups.number"
PLACES = (
    Column(
        label="查询登记中的证件号码",
        table="lookups_askednumber",
        column="cipher",
        purpose=NUMBER,
        bound=("digest",),
        digest="digest",
    ),
)


def sealed_number(number: str) -> tuple[str, bytes]:
    """The look-up digest and the token of a number that was asked for; the token opens beside this digest alone."""
    digest = sealing.number_hash(number)
    return digest, sealing.encrypt(number.encode(), sealing.place(NUMBER, digest))
