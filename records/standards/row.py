"""What goes into a row's validation besides the row, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from credit_platform.errors import Finding, Level


@dataclass(frozen=True, slots=True)
class DepartmentInfo:
    """What the register of departments knows of an authority: its code, its names, and when it existed."""

    code: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    other_names: frozenset[str] = frozenset()

    def valid_on(self, day: date) -> bool:
        """Whether the authority existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def _no_department(code: str) -> DepartmentInfo | None:
    return None


def masked_only(value: str) -> dict[str, str]:
    """The seal used when none is given (templates, simulations): keeps the masked form only, drops the number."""
    shown = f"{value[:6]}{'*' * max(len(value) - 10, 1)}{value[-4:]}" if len(value) > 10 else f"{value[:1]}***"
    return {"sealed": "", "hash": "", "masked": shown}


@dataclass(slots=True, kw_only=True)
class Context:
    """Everything from outside that a check may ask: the day, the register of departments, exemptions, the seal.

    `departments` is asked with an upper-case credit code; `exempt_codes` are real codes that fail the check digit
    (with evidence on file); `seal` turns a personal number into what is stored; `city_prefix` are the leading digits
    of the city's divisions; `registers` answer whether a code stands in a list in force on a day, `terms` with the last
    day of what began on a day under a code (None: it has no term), each filled by an app above. `memo` caches answers
    for the life of the context: make one context per batch.
    """

    today: date
    received_on: date | None = None
    departments: Callable[[str], DepartmentInfo | None] = _no_department
    exempt_codes: frozenset[str] = frozenset()
    seal: Callable[[str], Mapping[str, Any]] = masked_only
    city_prefix: str = "2301"
    registers: Mapping[str, Callable[[str, date], bool]] = field(default_factory=dict)
    terms: Mapping[str, Callable[[str, date], date | None]] = field(default_factory=dict)
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)


@dataclass(slots=True, kw_only=True)
class RowKeys:
    """What the ledger needs of a row, read by role, whatever the standard. Filled as far as readable, also when the
    row is refused.

    `subject_kind` is "legal", "sole_trader" or "person" ("" when unreadable); `code` is the normal credit code (""
    when blank or the placeholder, then `placeholder` tells which); `identifiers` are (kind, value) pairs of older
    numbers with kinds reg_no, org_code, tax_no, institution_no, social_no, one that is a citizen's number by its keyed hash, of which
    `sealed_numbers` tells the PLAIN number; `person_id` and `legal_rep_id` are PLAIN
    personal numbers in normal form: never store or log them; `document_key` is the normalised number for comparison;
    `state` is "" | "valid" | "invalid" | "withdrawn" | "disputed" | "other"; `visibility` is the row's own 公开属性
    ("" = as the standard says); `not_public` the reason why the row may never be public.
    """

    subject_name: str = ""
    subject_kind: str = ""
    code: str = ""
    placeholder: bool = False
    identifiers: tuple[tuple[str, str], ...] = ()
    sealed_numbers: Mapping[str, str] = field(default_factory=dict, repr=False)
    legal_rep: str = ""
    legal_rep_id_type: str = ""
    legal_rep_id: str = field(default="", repr=False)
    person_id_type: str = ""
    person_id: str = field(default="", repr=False)
    document_name: str = ""
    document_number: str = ""
    document_key: str = ""
    decided_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    authority_name: str = ""
    authority_code: str = ""
    source_name: str = ""
    source_code: str = ""
    title: str = ""
    state: str = ""
    visibility: str = ""
    not_public: str = ""

    def natural(self) -> tuple[str, str, str, str, str]:
        """Authority, document key, subject, day of decision, kind of subject: equal for two rows that tell of one
        decision.

        The subject is its code, else its person number, else its registration number and operator, else its name
        (trap 12, 17).
        """
        subject = self.code or self.person_id
        if not subject:
            old = ",".join(value for _, value in self.identifiers)
            subject = f"{self.subject_name}|{old}|{self.legal_rep_id or self.legal_rep}"
        day = self.decided_on.isoformat() if self.decided_on else ""
        authority = self.authority_code or self.authority_name
        return (authority, self.document_key, subject, day, self.subject_kind)


@dataclass(slots=True, kw_only=True)
class RowResult:
    """A validated row.

    `content` is JSON-ready and keyed by the field codes of `standard` (for an old layout the standard it is accepted
    as): dates ISO, amounts decimal strings in the field's unit, several values joined by ；, personal numbers as
    `ctx.seal` returned them; empty fields are absent. `content["not_public"]` is present when a rule found that the
    row may never be public. `gone` names the fields that the row, by what it does say, cannot have (an amount of a fine where no fine is
    named): they are blank in every reading, while any other absent field may only be left out.
    """

    standard: str
    content: dict[str, Any]
    keys: RowKeys
    findings: tuple[Finding, ...]
    gone: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the row may enter the ledger: no finding is an error."""
        return not any(each.level is Level.ERROR for each in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the row."""
        return tuple(each for each in self.findings if each.level is Level.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that stay beside an accepted row."""
        return tuple(each for each in self.findings if each.level is Level.WARNING)


RawRow = Mapping[str, object]
"""One row as it came: field code → cell value of any type."""
