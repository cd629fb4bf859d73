"""Files that were merged are one subject: the one that stands, and all that lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from credit_platform import pg

_UP = """WITH RECURSIVE up (id, here, next) AS (
    SELECT id, id, merged_into_id FROM records_subject WHERE id = ANY(%s)
    UNION ALL SELECT up.id, s.id, s.merged_into_id FROM up JOIN records_subject s ON s.id = up.next
) SELECT id, here FROM up WHERE next IS NULL"""
_DOWN = """WITH RECURSIVE down (id, stands) AS (
    SELECT id, id FROM records_subject WHERE id = ANY(%s)
    UNION ALL SELECT s.id, down.stands FROM down JOIN records_subject s ON s.merged_into_id = down.id
) SELECT id, stands FROM down"""


def canonical_of(ids: Iterable[int]) -> set[int]:
    """The subjects that stand for these files today."""
    return {cast(int, here) for _, here in pg.query(_UP, [list(ids)])}


def family_of(ids: Iterable[int]) -> dict[int, int]:
    """By file, the subject that stands for it: the subjects themselves and everything that was merged into them."""
    return {cast(int, file): cast(int, stands) for file, stands in pg.query(_DOWN, [list(ids)])}
