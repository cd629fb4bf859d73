"""What a data standard is: fields, roles and rules, declared once.

From a declaration come the form, the Excel template, the import's validation, the API's schema, the public page and
the export. A declaration is plain data: it knows no table, no page and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LONG_TERM = date(2099, 12, 31)
"""How the national standards write 长期 (长期 = 2099/12/31, trap 27); never shown as a date."""

EARLIEST_DECISION = date(1949, 10, 1)
MULTI_SEPARATOR = "；"


class FieldType(StrEnum):
    """How a value is read, checked and stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    USCC = "uscc"
    ORG_CODE = "org_code"
    REG_NO = "reg_no"
    PERSON_NAME = "person_name"
    ID_TYPE = "id_type"
    ID_NUMBER = "id_number"
    DATE = "date"
    DATE_OR_LONGTERM = "date_or_longterm"
    AMOUNT_WAN = "amount_wan"
    AMOUNT_YUAN = "amount_yuan"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    DOCUMENT_NUMBER = "document_number"
    FLAG = "flag"


class Visibility(StrEnum):
    """Who may see a field (公开属性)."""

    PUBLIC = "public"
    SHARED = "shared"
    AUTHORISED = "authorised"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The Chinese word of the catalogue."""
        return VISIBILITY_LABELS[self]


VISIBILITY_LABELS: dict[Visibility, str] = {
    Visibility.PUBLIC: "社会公开",
    Visibility.SHARED: "政务共享",
    Visibility.AUTHORISED: "授权查询",
    Visibility.PRIVATE: "不予公开",
}


@dataclass(frozen=True, slots=True)
class When:
    """A condition under which a field must be filled.

    `field` is the field that is looked at; `any_of` the values that make the condition hold (one of several chosen
    values is enough; “其他-…” counts as 其他); empty means: as soon as that field has any value. `wording` is shown
    to people.
    """

    field: str
    any_of: tuple[str, ...]
    wording: str

    def holds(self, content: Mapping[str, object]) -> bool:
        """Whether the condition holds for a row's content (values joined by ；)."""
        value = content.get(self.field)
        if value is None or value == "":
            return False
        if not self.any_of:
            return True
        if not isinstance(value, str):
            return False
        return any(part in self.any_of or part.split("-", 1)[0] in self.any_of for part in value.split(MULTI_SEPARATOR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a data standard.

    `max_length` counts characters, 0 = no limit; amounts are kept in `unit` with at most `decimals` decimals;
    `required` is True, False or a `When`; `code_table` names a table of
    `codetables` (`choices` lists the values in place instead); `earliest`/`past_only` bound a
    date; `local` marks fields that the city added to the national standard; `help` is what the template says, `form_help` what the
    form says instead where a drop-down or a calendar takes the place of a format.
    """

    code: str
    label: str
    type: FieldType = FieldType.TEXT
    synonyms: tuple[str, ...] = ()
    max_length: int = 0
    decimals: int = 6
    unit: str = ""
    required: bool | When = False
    code_table: str = ""
    choices: tuple[str, ...] = ()
    multi: bool = False
    visibility: Visibility = Visibility.PUBLIC
    help: str = ""
    form_help: str | None = None
    example: str = ""
    section: str = ""
    earliest: date = EARLIEST_DECISION
    past_only: bool = False
    local: bool = False

    @property
    def always_required(self) -> bool:
        """Whether the field must be filled in every row."""
        return self.required is True

    @property
    def is_personal(self) -> bool:
        """Whether the value is a personal number, stored sealed and never shown in full."""
        return self.type is FieldType.ID_NUMBER


ROLES = (
    "subject_name",
    "subject_kind",
    "uscc",
    "reg_no",
    "org_code",
    "tax_no",
    "institution_no",
    "social_no",
    "legal_rep",
    "legal_rep_id_type",
    "legal_rep_id",
    "id_type",
    "id_number",
    "document_name",
    "document_number",
    "decided_on",
    "valid_from",
    "valid_until",
    "shown_until",
    "authority_name",
    "authority_code",
    "source_name",
    "source_code",
    "title",
    "state",
    "outcome",
    "visibility",
    "remark",
    "content",
    "kinds",
    "fine",
    "confiscated",
    "revoked_licence",
    "certificate_name",
    "certificate_number",
    "premises",
)
"""The parts that fields play; rules and the importer ask for roles, so that they serve every standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A data standard or a local catalogue item.

    `kind` is permit, penalty, act-<kind>, registration, local, or that of an app above; `roles` maps a role of ROLES to a field
    code; `rules` names cross-field rules of `records.standards.rules`; `accepted_as` names the standard in whose
    fields the content of an old layout is stored ("" = its own); `valid_from`/`valid_until` are the days on which the
    layout is current. An old layout also has `moves` (its field code → the code it is stored under; `roles`, conditions and
    rules then speak of the new codes) and `derive`, the name of the step that fills what it did not ask for.
    """

    code: str
    name: str
    version: str
    kind: str
    fields: tuple[Field, ...]
    roles: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    accepted_as: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    derive: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    basis: str = ""

    def field(self, code: str) -> Field:
        """The field with that code; KeyError when there is none."""
        for each in self.fields:
            if each.code == code:
                return each
        raise KeyError(code)

    def has(self, code: str) -> bool:
        """Whether the standard has a field with that code."""
        return any(each.code == code for each in self.fields)

    def in_role(self, role: str) -> Field | None:
        """The field that plays a role, or None."""
        code = self.roles.get(role, "")
        return next((each for each in self.fields if code and self.moves.get(each.code, each.code) == code), None)

    def visible_fields(self, *levels: Visibility) -> tuple[Field, ...]:
        """The fields of the given visibilities, in order; without arguments the public ones."""
        wanted = levels or (Visibility.PUBLIC,)
        return tuple(each for each in self.fields if each.visibility in wanted)

    def current_on(self, day: date) -> bool:
        """Whether the layout is the one to fill in on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
