"""What the rules need to know of a record, read from its content by the roles of its standard. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

SEPARATOR = "；"
LONG_TERM = date(2099, 12, 31)

PROCEDURE, STATED, DOMAIN, ATTACHED = "HRB_CFCX", "HRB_YZCD", "HRB_LY", "HRB_FDQX"
LIFTED = "QZ_JCRQ"
ROW_VISIBILITY = "_GKSX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One record as the rules see it.

    `kinds` are the penalty kinds (“其他-…” as 其他); `fine_wan` in 万元; `stated` the class that the authority stated;
    `attached_until` the last day of a measure that the decision attaches (附带期限); `lifted_on` when an enforcement
    measure ended; `outcome` what became of a duty; `visibility` the row's own 公开属性; `not_public` why the row may never be public;
    `catalogue_public` whether the catalogue publishes the item.
    """

    kind: str
    subject_kind: str
    decided_on: date
    kinds: tuple[str, ...] = ()
    fine_wan: Decimal | None = None
    stated: str = ""
    procedure: str = ""
    domain: str = ""
    valid_until: date | None = None
    attached_until: date | None = None
    lifted_on: date | None = None
    performed_on: date | None = None
    state: str = ""
    outcome: str = ""
    visibility: str = ""
    not_public: str = ""
    catalogue_public: bool = True


def as_day(value: object) -> date | None:
    """The date of an ISO text; None when it is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def amount_of(value: object) -> Decimal | None:
    """The amount that a content tells; None when it tells none."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def kinds_of(value: object) -> tuple[str, ...]:
    """The penalty kinds of a stored text “警告；罚款；其他-责令改正”, each once, 其他 without its addition."""
    parts = (part.strip().partition("-")[0] for part in str(value or "").replace(";", SEPARATOR).split(SEPARATOR))
    return tuple(dict.fromkeys(part for part in parts if part))


def codes_read(roles: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """The fields of a standard (`codes` are all of them) that `facts_of` looks into; records that agree in these tell the same facts."""
    roled = [roles[role] for role in ("kinds", "fine", "valid_until", "state", "outcome") if roles.get(role)]
    rows_own = [code for code in codes if code.endswith(ROW_VISIBILITY)]
    return tuple(dict.fromkeys([*roled, STATED, PROCEDURE, DOMAIN, ATTACHED, LIFTED, *rows_own, "not_public"]))


def facts_of(
    content: Mapping[str, Any], roles: Mapping[str, str], *, kind: str, subject_kind: str, decided_on: date, **more: Any
) -> Facts:
    """Read the facts from a record's content; `more` are values that stand elsewhere (the disclosure, the catalogue)."""
    read: dict[str, Any] = {
        "kinds": kinds_of(content.get(roles.get("kinds", ""))),
        "fine_wan": amount_of(content.get(roles.get("fine", ""))),
        "valid_until": as_day(content.get(roles.get("valid_until", ""))),
        "state": str(content.get(roles.get("state", ""), "")),
        "outcome": str(content.get(roles.get("outcome", ""), "")),
        "stated": str(content.get(STATED, "")),
        "procedure": str(content.get(PROCEDURE, "")),
        "domain": str(content.get(DOMAIN, "")),
        "attached_until": as_day(content.get(ATTACHED)),
        "lifted_on": as_day(content.get(LIFTED)),
        "visibility": row_visibility(content),
        "not_public": str(content.get("not_public", "")),
    }
    return Facts(kind=kind, subject_kind=subject_kind, decided_on=decided_on, **(read | more))


def row_visibility(content: Mapping[str, Any]) -> str:
    """The row's own 公开属性 (eight acts), "" when it has none."""
    return next((str(value) for code, value in content.items() if code.endswith(ROW_VISIBILITY)), "")
