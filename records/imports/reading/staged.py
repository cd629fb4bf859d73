"""A good row as it is staged: the columns of a batch's staging table, and how a validated row fills them.

Nothing of the database here but the keys: what becomes of the table stands in `ledger.stage`. Personal numbers are sealed before they are
put into a row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from credit_platform import sealing
from records.former_keys import Arrivals
from records.identifiers import names
from records.ledger_rules import arrival_text, canonical, content_hash, hash_of, one_per_subject, record_day
from records.numbers import of_person
from records.sealed_places import sealed_number
from records.standards.declaration import Standard
from records.standards.row import Context, RowKeys, RowResult

COLUMNS = (
    ("n", "int PRIMARY KEY"),
    ("sheet", "text NOT NULL"),
    ("row", "int NOT NULL"),
    ("skey", "text NOT NULL"),
    ("s_kind", "text NOT NULL"),
    ("s_code", "text"),
    ("s_name", "text NOT NULL"),
    ("s_normal", "text NOT NULL"),
    ("id_hash", "text"),
    ("id_type", "text NOT NULL"),
    ("id_cipher", "bytea"),
    ("legal_rep", "text NOT NULL"),
    ("numbers", "text NOT NULL"),
    ("sealed", "text NOT NULL"),
    ("auth_code", "text NOT NULL"),
    ("auth_name", "text NOT NULL"),
    ("source_code", "text NOT NULL"),
    ("title", "text NOT NULL"),
    ("doc_no", "text NOT NULL"),
    ("doc_key", "text NOT NULL"),
    ("decided_on", "date NOT NULL"),
    ("own_day", "date"),
    ("valid_from", "date"),
    ("valid_until", "date"),
    ("content", "text NOT NULL"),
    ("content_hash", "text NOT NULL"),
    ("gone", "text NOT NULL"),
    ("warnings", "text NOT NULL"),
    ("fingerprint", "text NOT NULL"),
    # While keys change: the hashes under the former ones (records.former_keys).
    ("id_formers", "text[]"),
    ("arrival_formers", "text[]"),
)
NAMES = tuple(name for name, _ in COLUMNS)
TEXTS = tuple(name for name, kind in COLUMNS if kind.startswith("text") and "NOT NULL" in kind)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its number within the batch, and sheet and row as people see them."""

    n: int
    sheet: str
    row: int


@dataclass(slots=True, kw_only=True)
class Preparer:
    """Turns a validated row into a staged one. One per batch."""

    standard: Standard
    item_code: str
    context: Context
    arrivals: Arrivals = field(default_factory=Arrivals.known)

    def fingerprint(self, keys: RowKeys) -> str:
        """The keyed hash under which the arrival of a row is remembered; "" when its natural key is not readable."""
        natural = keys.natural()
        if not natural[2].strip("|") or not (natural[1] or one_per_subject(self.standard.kind)):
            return ""
        return self.arrivals.fingerprint(arrival_text(self.item_code, natural))

    def prepare(
        self, place: Place, result: RowResult, fingerprint: str, warnings: list[dict[str, str]]
    ) -> tuple[object, ...]:
        """The columns of the staging table for a good row."""
        keys = result.keys
        person = keys.subject_kind == "person"
        id_hash, token = sealed_number(keys.person_id) if person and keys.person_id else (None, b"")
        numbers = (
            "" if person or not keys.identifiers else "|".join(f"{kind}:{value}" for kind, value in keys.identifiers)
        )
        single = one_per_subject(self.standard.kind)
        code = None if person else keys.code or None
        text = canonical(result.content)
        sealed = dict in map(type, result.content.values())
        day = record_day(keys.decided_on, self.context.received_on or self.context.today)
        return (
            place.n,
            place.sheet,
            place.row,
            _subject_key(keys, id_hash, numbers, day.isoformat()),
            _kind(keys),
            code,
            keys.subject_name[:200],
            names.normalise(keys.subject_name)[:200],
            id_hash,
            keys.person_id_type[:40] if person else "",
            "\\x" + token.hex() if id_hash else None,
            keys.legal_rep[:100],
            numbers,
            _sealed(keys) if keys.sealed_numbers and not person else "",
            keys.authority_code,
            keys.authority_name[:200],
            keys.source_code,
            (keys.title or keys.document_name or self.standard.name)[:300],
            keys.document_number[:128],
            "" if single else keys.document_key[:128],
            day.isoformat(),
            keys.decided_on and keys.decided_on.isoformat(),
            keys.valid_from and keys.valid_from.isoformat(),
            keys.valid_until and keys.valid_until.isoformat(),
            json.dumps(result.content, ensure_ascii=False) if sealed else text,
            hash_of(text),
            ",".join(result.gone),
            json.dumps(warnings, ensure_ascii=False) if warnings else "[]",
            fingerprint,
            *self._formers(keys, fingerprint),
        )

    def _formers(self, keys: RowKeys, fingerprint: str) -> tuple[str | None, str | None]:
        rotating = sealing.rotating()
        person = keys.subject_kind == "person" and keys.person_id
        text = arrival_text(self.item_code, keys.natural()) if fingerprint and len(self.arrivals.keys) > 1 else ""
        return (
            _array(sealing.number_hashes(keys.person_id)[1:]) if rotating and person else None,
            _array(self.arrivals.former(text)) if text else None,
        )


def _array(hashes: Sequence[str]) -> str | None:
    return "{" + ",".join(hashes) + "}" if hashes else None


def keys_of(row: dict[str, Any]) -> RowKeys:
    """What the resolution of subjects needs to know of a staged row that has no person's number."""
    pairs = [part.split(":", 1) for part in row["numbers"].split("|") if part]
    return RowKeys(
        subject_name=row["s_name"],
        subject_kind=row["s_kind"],
        code=row["s_code"] or "",
        identifiers=tuple((kind, value) for kind, value in pairs),
        legal_rep=row["legal_rep"],
        document_key=row["doc_key"],
        decided_on=row["decided_on"],
    )


def _sealed(keys: RowKeys) -> str:
    """What is kept of the citizens' numbers among a row's old numbers, by what stands for them."""
    kept = {value: of_person(plain) for value, plain in keys.sealed_numbers.items()}
    return json.dumps(
        {value: {"masked": each.masked, "cipher": (each.cipher or b"").hex()} for value, each in kept.items()}
    )


def _kind(keys: RowKeys) -> str:
    if keys.subject_kind == "person":
        return "person"
    return "sole_trader" if keys.code[:2] == "92" else keys.subject_kind or "legal"


def _subject_key(keys: RowKeys, id_hash: str | None, numbers: str, day: str) -> str:
    """Rows with the same key speak of one subject: its code, its person, or name, numbers and operator, or the document."""
    if id_hash:
        return f"p{id_hash}"
    if keys.code:
        return f"c{keys.code}"
    parts = [keys.subject_kind, keys.subject_name, numbers, keys.legal_rep]
    if not numbers:
        parts += [keys.authority_code, keys.authority_name, keys.document_key, day]
    return "n" + content_hash({"parts": parts})
