"""Where tokens lie in the accounts of companies (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

PHONE = "companies.phone"
PLACES = (
    Column(
        label="企业经办人手机号", table="companies_companyaccount", column="phone", purpose=PHONE, bound=("receipt",)
    ),
)


def sealed_phone(phone: str, receipt: str) -> bytes:
    """The token of a handler's phone, bound to the number of the application."""
    return sealing.encrypt(phone.encode(), sealing.place(PHONE, receipt))


def opened_phone(token: bytes, receipt: str) -> str:
    """The phone in clear. Only actions may call this, after the look was registered."""
    return sealing.decrypt(bytes(token), sealing.place(PHONE, receipt)).decode()
