"""Where tokens lie in objections (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

PHONE = "objections.phone"
PLACES = (
    Column(
        label="无账户异议人手机号",
        table="objections_objector",
        column="phone",
        purpose=PHONE,
        bound=("case_id",),
        key="case_id",
    ),
)


def sealed_phone(phone: str, case: int) -> bytes:
    """The token of a phone, bound to the case."""
    return sealing.encrypt(phone.encode(), sealing.place(PHONE, case))


def opened_phone(token: bytes, case: int) -> str:
    """The phone in clear. Only actions may call this: to send a message to it, or after a look was registered."""
    return sealing.decrypt(bytes(token), sealing.place(PHONE, case)).decode()
