"""Domain errors: the only exceptions that actions and rules raise on purpose.

They carry Chinese text for the person at the screen and the article that stands behind the refusal. They are turned
into HTTP answers and form errors in one place (`credit_platform.web`), never caught and re-worded elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs: an error refuses the row, a warning is kept beside it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: what is wrong, where, and how to mend it.

    `field` is the code of a data standard's field (`CF_NR_FK`) or "" for the row as a whole; `value` is what was given,
    with personal numbers masked by whoever makes the finding; `rule` is a stable id such as `amount.matches-text`.
    """

    rule: str
    level: Level
    text: str
    mend: str = ""
    field: str = ""
    value: str = ""
    article: str = ""


class DomainError(Exception):
    """Base of every refusal; `code` is stable for machines, `text` is Chinese for people."""

    status = 422

    def __init__(
        self, code: str, text: str, *, article: str = "", mend: str = "", findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.article = article
        self.mend = mend
        self.findings = tuple(findings)


class Refused(DomainError):
    """The rules do not allow it (HTTP 422)."""


class Forbidden(DomainError):
    """The policy does not allow it to this actor (HTTP 403)."""

    status = 403


class Conflict(DomainError):
    """Somebody else was first, or the object is in another state (HTTP 409)."""

    status = 409
