"""What a check found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """PASS: as it should be. WARN: works, and somebody should look. FAIL: must not go on like this."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    FAIL = "fail"


LABELS = {Grade.PASS: "通过", Grade.WARN: "注意", Grade.FAIL: "不通过"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the list: what was looked at, how it is, what was found, and what to do."""

    name: str
    grade: Grade
    text: str
    mend: str = ""


def passed(name: str, text: str) -> Outcome:
    """As it should be."""
    return Outcome(name, Grade.PASS, text)


def warned(name: str, text: str, mend: str) -> Outcome:
    """Works, and somebody should look."""
    return Outcome(name, Grade.WARN, text, mend)


def failed(name: str, text: str, mend: str) -> Outcome:
    """Must be mended before the platform serves."""
    return Outcome(name, Grade.FAIL, text, mend)
