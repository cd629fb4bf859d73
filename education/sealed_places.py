"""Where tokens lie in education (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column

NAME, NUMBER = "education.name", "education.number"
PLACES = (
    Column(label="学员姓名", table="education_learner", column="name_cipher", purpose=NAME),
    Column(
        label="学员证件号码",
        table="education_learner",
        column="id_cipher",
        purpose=NUMBER,
        bound=("id",),
    ),
)


def sealed_name(name: str, key: int) -> bytes:
    """The token of a person's name, bound to the learner."""
    return sealing.encrypt(name.encode(), sealing.place(NAME, key))


def sealed_number(number: str, key: int) -> bytes:
    """The token of a person's number, bound to the learner."""
    return sealing.encrypt(number.encode(), sealing.place(NUMBER, key))
