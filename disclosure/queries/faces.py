"""The hash of a public face and of the record behind it, made by PostgreSQL from the rows as they stand; the digest over many.

The face: the columns that fix what the public reads (not the period, which rules may reckon anew). The record: its content with every
sealed number by its mask alone, so that neither a new token nor a new look-up key changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from credit_platform.pg import query
from records.rereading import canonical_sql

FACE_COLUMNS = ("public_id", "kind", "subject_name", "subject_code", "title", "document_number")
HAS_FACE = "(d.shown_record_version > 0 OR d.published_on IS NOT NULL)"
_BY_MASK = "(e.value -> 'masked')::text"
_PARTS = " || ',' || ".join(f"to_json(d.{name}::text)::text" for name in FACE_COLUMNS)
_FACE_TEXT = (
    f"{_PARTS} || ',' || to_json(d.decided_on::text)::text || ',' || {canonical_sql('d.shown', 'e.value::text')}"
)
FACE_HASH = f"encode(sha256(convert_to({_FACE_TEXT}, 'UTF8')), 'hex')"
RECORD_HASH = f"encode(sha256(convert_to({canonical_sql('r.content', _BY_MASK)}, 'UTF8')), 'hex')"
"""SQL over a disclosure `d` and its record `r`."""

COMPUTED = f"""
SELECT d.id AS disclosure_id, {FACE_HASH} AS hash, d.shown_record_version AS record_version,
       CASE WHEN r.version = d.shown_record_version THEN {RECORD_HASH} ELSE '' END AS record_hash
FROM disclosure_disclosure d LEFT JOIN records_creditrecord r ON r.id = d.record_id
WHERE {HAS_FACE} AND d.id = ANY(%s)
"""  # noqa: S608 - own names only
LINE = "f.disclosure_id || ':' || f.hash || ':' || f.record_version || ':' || f.record_hash || E'\\n'"
DIGEST = f"encode(sha256(convert_to(coalesce(string_agg({LINE}, '' ORDER BY f.disclosure_id), ''), 'UTF8')), 'hex')"


@dataclass(frozen=True, slots=True)
class Digest:
    """Over how many faces, and the SHA-256 over their lines in the order of their ids."""

    count: int
    sha256: str

    def as_detail(self) -> dict[str, object]:
        """As it stands in the entry."""
        return {"count": self.count, "sha256": self.sha256}


def digest_of(ids: Sequence[int]) -> Digest:
    """The digest over the faces of these disclosures as they stand now; those that were never shown are left out."""
    [(count, digest)] = query(f"SELECT count(*), {DIGEST} FROM ({COMPUTED}) f", [list(ids)])  # noqa: S608
    return Digest(int(str(count)), str(digest))


def as_shown(ids: Sequence[int]) -> set[int]:
    """Those of the disclosures whose record says again what it said when it was last shown or corrected: an undo has brought it back."""
    sql = f"""SELECT d.id FROM disclosure_disclosure d JOIN records_creditrecord r ON r.id = d.record_id
              CROSS JOIN LATERAL (SELECT f.record_hash FROM disclosure_face f WHERE f.disclosure_id = d.id ORDER BY f.id DESC LIMIT 1) f
              WHERE d.id = ANY(%s) AND f.record_hash <> '' AND f.record_hash = {RECORD_HASH}"""  # noqa: S608
    return {int(str(row[0])) for row in query(sql, [list(ids)])}


def unanchored(after: int, limit: int) -> list[int]:
    """The next disclosures behind a key that were shown and have no face under any entry."""
    sql = f"""SELECT d.id FROM disclosure_disclosure d WHERE d.id > %s AND {HAS_FACE}
              AND NOT EXISTS (SELECT 1 FROM disclosure_face f WHERE f.disclosure_id = d.id) ORDER BY d.id LIMIT %s"""  # noqa: S608
    return [int(str(row[0])) for row in query(sql, [after, limit])]
