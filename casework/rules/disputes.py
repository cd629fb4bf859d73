"""What an objection may be to (国办发〔2025〕22号). Pure."""

from __future__ import annotations

from enum import StrEnum


class About(StrEnum):
    """The content of an item, how long it is shown, or what became of a repair."""

    CONTENT = "content"
    PERIOD = "period"
    REPAIR = "repair"


ABOUT_LABELS = {About.CONTENT: "公示内容", About.PERIOD: "公示期限", About.REPAIR: "信用修复结果"}
