"""Who is meant by a code or by the number of a paper: the number decides, a name never does. The same order as in `checks_ask`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from credit_platform import pg

_BY_NUMBER = """SELECT checks_standing(file.id) FROM (
    SELECT id FROM records_subject WHERE code = %s
    UNION ALL SELECT id FROM records_subject WHERE id_hash = ANY(%s)
    UNION ALL SELECT subject_id FROM records_subjectidentifier WHERE value = %s AND kind = 'former_code'
    LIMIT 1) AS file (id)"""


def canonical_for(code: str, hashes: Sequence[str]) -> int | None:
    """The subject that a code, or the keyed hashes of a number, lead to today; None when to nobody."""
    rows = pg.query(_BY_NUMBER, [code, list(hashes), code])
    return cast(int, rows[0][0]) if rows else None
