"""What a row of a published list says, in the words of an entry: the fields of the list's standard, ready for the ledger's own check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.actions.outcomes import row_of
from credit_platform import sealing
from records.models import Subject, SubjectKind
from records.sealed_places import sealed_number
from sanctions.filed import rules
from sanctions.filed.models import FiledPublication
from sanctions.filed.standards import DETAILS, FACTS, PERSON_ID
from sanctions.lists.actions.entering import Listed, columns
from sanctions.lists.models import CreditList
from sanctions.lists.rules import KIND_OF, Nature
from sanctions.standards import PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the list says of somebody: under which document, since when, until when (None: the list's own term), with what content."""

    document_number: str
    listed_on: date
    until: date | None
    content: Mapping[str, object]


def standard_of(row: CreditList) -> str:
    """The standard of the entries of a list."""
    return KIND_OF[Nature(row.nature)]


@dataclass(frozen=True, slots=True)
class Fields:
    """An entry in the words of a standard: its code, fields by code, and fields by role."""

    standard: str
    given: dict[str, str]
    roles: dict[str, str]


def entry_row(row: CreditList, publication: FiledPublication, subject: Subject, said: Said) -> dict[str, str]:
    """The row of an entry by field code, about a subject of the register or one that is made of a number."""
    found = fields_of(row, publication, subject, said)
    return row_of(
        found.standard, subject=subject, department=publication.department, given=found.given, roles=found.roles
    )


def fields_of(row: CreditList, publication: FiledPublication, subject: Subject, said: Said) -> Fields:
    """What the list says of a subject, with the days that the list's rule gives."""
    kind = standard_of(row)
    prefix = PREFIX[kind]
    given = Listed(
        document_number=said.document_number,
        entered_on=said.listed_on,
        facts=facts_of(publication, said.content),
        basis=publication.basis,
        published_on=max(publication.published_on, said.listed_on),
    )
    values = columns(row, subject, given, prefix=prefix)
    if said.until is not None:
        values[f"{prefix}_JZRQ"] = said.until.isoformat()
    roles = {
        "document_number": said.document_number,
        "decided_on": said.listed_on.isoformat(),
        "title": row.name,
        "content": given.facts,
        "authority_name": publication.authority_name,
        "authority_code": publication.authority_code,
    }
    return Fields(kind, values, roles)


def facts_of(publication: FiledPublication, content: Mapping[str, object]) -> str:
    """The reason of an entry: what the list gives as one, then its particulars; the title of the publication where it gives none."""
    details = [(label, _text(content.get(code))) for code, label in DETAILS[publication.standard]]
    told = rules.facts(details)
    reason = _text(content.get(FACTS)) or f"列入{publication.title}"
    return f"{reason}；{told}"[:4000] if told else reason


def person_of(name: str, content: Mapping[str, object], id_type: str) -> Subject:
    """A natural person that the register does not know, made of the sealed number of its row; not saved. Only actions may call this."""
    sealed = content[PERSON_ID]
    assert isinstance(sealed, dict)  # noqa: S101 - an ID_NUMBER field is stored sealed
    digest, token = sealed_number(sealing.open_sealed(sealed))  # type: ignore[arg-type]
    return Subject(kind=SubjectKind.PERSON.value, name=name, id_type=id_type, id_hash=digest, id_cipher=token)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
