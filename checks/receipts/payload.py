"""What a receipt says: who asked what about whom, the answer, what it was read from, and until when it may be relied on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from checks.rules.answers import Matter, answered
from checks.rules.facts import read
from checks.rules.register import Register
from checks.rules.states import PURPOSE_LABELS
from records.identifiers.names import mask_person_name

FORMAT = "credit-check/1"
MATCHER = {"name": "exact", "version": "1", "keys": "code,id_number,former_code", "names": "compared"}
"""How a subject is found: by its number and nothing else. A name is compared, it never finds anybody."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, as a receipt says it."""

    department: str
    name: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was asked and found, as `checks_ask` answers it or as a row of the past holds it."""

    number: str
    asked_at: datetime
    entry: int
    case_number: str
    purpose: str
    asked_code: str
    asked_name: str
    kind: str
    code: str
    name: str
    name_fits: bool | None
    facts: Mapping[str, Any] | None
    as_of: date
    valid_until: date

    @property
    def of_person(self) -> bool:
        """Whether it is about a natural person, who stands masked in a receipt."""
        return self.kind == "person" or (not self.asked_code and not self.kind)


def payload(
    given: AnswerRow, asker: Asker, matter: Matter, register: Register, freshness: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole answer, in texts, whole numbers, yes and no, so that it can be written canonically and signed."""
    asked_at = timezone.localtime(given.asked_at)
    facts = read(given.facts) if given.facts else None
    return {
        "format": FORMAT,
        "receipt": given.number,
        "asked_at": asked_at.isoformat(timespec="seconds"),
        "as_of": given.as_of.isoformat(),
        "asked_by": {"department": asker.department, "name": asker.name},
        "purpose": {"code": given.purpose, "name": PURPOSE_LABELS.get(given.purpose, "")},  # type: ignore[call-overload]
        "case_number": given.case_number,
        "matter": {"code": matter.code, "name": matter.name},
        "subject": _subject(given),
        **answered(facts, matter, register, given.as_of),
        "read_from": {
            "register": register.version,
            "measures": register.edition,
            "matcher": MATCHER,
            "lists": freshness,
        },
        "valid_until": given.valid_until.isoformat(),
        "audit_entry": given.entry,
    }


def _subject(given: AnswerRow) -> dict[str, Any]:
    shown = mask_person_name if given.of_person else str
    return {
        "found": bool(given.kind),
        "kind": given.kind,
        "asked_code": given.asked_code,
        "asked_name": shown(given.asked_name),
        "code": given.code or "",
        "name": shown(given.name or ""),
        "name_fits": given.name_fits,
    }
