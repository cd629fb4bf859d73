"""Where tokens lie in reports of violations (`credit_platform.resealing`)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from credit_platform import sealing
from credit_platform.resealing import Column

REPORT = "complaints.report"
PLACES = (
    Column(
        label="违法行为举报的内容",
        table="complaints_violationreport",
        column="sealed",
        purpose=REPORT,
        bound=("number_key",),
    ),
)


def sealed(number_key: str, content: Mapping[str, object]) -> bytes:
    """What a report says, as a token that opens beside this number alone."""
    return sealing.encrypt(json.dumps(content, ensure_ascii=False).encode(), sealing.place(REPORT, number_key))


def opened(number_key: str, token: bytes) -> dict[str, object]:
    """The reverse of `sealed`. Raises `sealing.Unreadable`."""
    found: dict[str, object] = json.loads(sealing.decrypt(token, sealing.place(REPORT, number_key)))
    return found
