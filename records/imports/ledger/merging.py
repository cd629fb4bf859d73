"""What a file does not say. A field without a column, or with an empty cell, keeps what the ledger holds, unless the department has said
that blank means deleted (留空即删除). Set-wise, and only for rows whose record holds something that the row leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.errors import Finding, Level
from credit_platform.pg import execute, query
from records.ledger_rules import SEALED_PARTS
from records.standards.declaration import Standard

_SEALED = ", ".join(f"'{part}'" for part in sorted(SEALED_PARTS))
_MERGED = "s.content::jsonb || k.kept"
# `ledger_rules.canonical` in SQL: sorted keys, no blanks, a sealed number by its hash. PostgreSQL escapes texts as Python's JSON does.
_HASH = f"""(SELECT md5('{{' || string_agg(to_json(e.key)::text || ':' ||
      CASE WHEN jsonb_typeof(e.value) = 'object' AND e.value ?& ARRAY[{_SEALED}] AND e.value - ARRAY[{_SEALED}] = '{{}}'
           THEN '{{"hash":' || (e.value -> 'hash')::text || '}}' ELSE e.value::text END,
      ',' ORDER BY e.key COLLATE "C") || '}}') FROM jsonb_each({_MERGED}) e)"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Roles:
    """The field codes that columns of the ledger are taken from; "" where the standard has none."""

    title: str
    document_name: str
    authority_name: str
    decided_on: str
    valid_from: str
    valid_until: str

    @classmethod
    def of(cls, standard: Standard) -> Roles:
        """Of a standard, by the codes that its rows are stored under."""
        return cls(*(standard.roles.get(name, "") for name in cls.__slots__))


# A column of the ledger follows the merged content: where the field was kept, so is the column. Parameters are the `Roles`.
VALID_FROM = "CASE WHEN k.kept ? %(valid_from)s THEN r.valid_from ELSE s.valid_from END"
VALID_UNTIL = "CASE WHEN k.kept ? %(valid_until)s THEN r.valid_until ELSE s.valid_until END"
DECIDED_ON = "CASE WHEN k.kept ? %(decided_on)s THEN r.decided_on ELSE s.decided_on END"
AUTHORITY_NAME = (
    "CASE WHEN k.kept ? %(authority_name)s THEN r.authority_name ELSE coalesce(nullif(s.auth_name, ''), d.name) END"
)
TITLE = """CASE WHEN k.kept ? %(title)s OR (k.kept ? %(document_name)s AND NOT k.content ? %(title)s) THEN r.title ELSE s.title END"""

PERIOD = Finding(
    "record.period-kept",
    Level.ERROR,
    "有效期至早于平台已有的有效期自，未更新。",
    mend="请在同一行填写有效期自和有效期至。",
)


def place_kept(stage: str, standard: str, roles: Roles, *, clear: bool) -> None:
    """Fill `imp_kept`: rows of `imp_row` whose record holds fields that they leave out, what these are, and the content merged with them.

    `clear`: blank means deleted; then `content` and `hash` stay NULL, and `kept` is what goes. Otherwise rows that say nothing new become
    unchanged, and a row whose period would end before it begins is refused.
    """
    execute("DROP TABLE IF EXISTS pg_temp.imp_kept")
    merged = "NULL::jsonb AS content, NULL::text AS hash" if clear else f"{_MERGED} AS content, {_HASH} AS hash"
    execute(
        f"""CREATE TEMP TABLE imp_kept ON COMMIT DROP AS
        SELECT w.n, k.kept, {merged}
        FROM imp_row w JOIN {stage} s USING (n) JOIN records_creditrecord r ON r.id = w.record_id
        CROSS JOIN LATERAL (SELECT r.content - ARRAY(SELECT jsonb_object_keys(s.content::jsonb)) - string_to_array(s.gone, ',') AS kept) k
        WHERE w.what = 'u' AND k.kept <> '{{}}'"""  # noqa: S608 - own table names
    )
    execute("CREATE UNIQUE INDEX ON imp_kept (n)")
    execute("ANALYZE imp_kept")
    if clear:
        return
    same = execute(
        """UPDATE imp_row w SET what = '=' FROM imp_kept k, records_creditrecord r
        WHERE k.n = w.n AND r.id = w.record_id AND r.content_hash = k.hash AND r.standard = %s""",
        [standard],
    )
    contradicting = execute(
        f"""UPDATE imp_row w SET what = 'x', why = 'period' FROM imp_kept k, records_creditrecord r, {stage} s
        WHERE k.n = w.n AND s.n = w.n AND r.id = w.record_id AND w.what = 'u' AND ({VALID_FROM}) > ({VALID_UNTIL})""",  # noqa: S608
        {"valid_from": roles.valid_from, "valid_until": roles.valid_until},
    )
    if same or contradicting:
        execute("ANALYZE imp_row")


def left_out() -> dict[str, int]:
    """Field code → how many records hold it while their row leaves it out (kept, or going where blank means deleted)."""
    found = query(
        """SELECT e.code, count(*) FROM imp_kept k JOIN imp_row w USING (n), jsonb_object_keys(k.kept) e(code)
        WHERE w.what IN ('u', '=') GROUP BY e.code ORDER BY e.code"""
    )
    return {str(code): int(str(count)) for code, count in found}


def emptied() -> list[tuple[int, tuple[str, ...]]]:
    """The rows that empty something, each with the codes of the fields; asked before a simulation is rolled back."""
    found = query(
        """SELECT n, (SELECT string_agg(code, ',' ORDER BY code) FROM jsonb_object_keys(kept) code)
        FROM imp_kept JOIN imp_row w USING (n) WHERE w.what = 'u' ORDER BY n"""
    )
    return [(int(str(n)), tuple(str(codes).split(","))) for n, codes in found]
