"""The ways in which somebody tells us something. Pure."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How a tip came in."""

    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"
    HOTLINE = "hotline"
    PASSED = "passed"
    MEDIA = "media"


WAY_LABELS = {
    Way.PHONE: "来电",
    Way.LETTER: "来信、来函",
    Way.VISIT: "来访",
    Way.HOTLINE: "12345热线转办",
    Way.PASSED: "其他部门移送",
    Way.MEDIA: "媒体报道",
}
