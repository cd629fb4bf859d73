"""Records held against their own hash (`content_hash`), set-wise in SQL; what SQL writes otherwise than Python is judged by Python.

The hash is made of the content without the tokens of sealed numbers (`ledger_rules.canonical`), so that encrypting a number anew changes nothing.
"""

from __future__ import annotations

from typing import Any

from credit_platform.audit.rereading import Altered, Page, Reader
from credit_platform.pg import query
from records.ledger_rules import content_hash
from records.models import CreditRecord

TABLE = "records_creditrecord"
IS_SEALED = (
    "jsonb_typeof(e.value) = 'object' AND e.value ?& ARRAY['sealed', 'hash', 'masked']"
    " AND e.value - ARRAY['sealed', 'hash', 'masked'] = '{}'"
)


def canonical_sql(column: str, sealed: str) -> str:
    """The SQL that writes a jsonb of plain values as canonical JSON: keys in the order of code points, no blanks.

    `sealed` is the SQL for a sealed number (`e.value`): its keyed hash, as `ledger_rules.canonical` counts it, or its mask.
    """
    value = f"CASE WHEN {IS_SEALED} THEN {sealed} ELSE e.value::text END"
    pairs = f"""string_agg(to_json(e.key)::text || ':' || {value}, ',' ORDER BY e.key COLLATE "C")"""
    return f"(SELECT '{{' || coalesce({pairs}, '') || '}}' FROM jsonb_each({column}) e)"  # noqa: S608 - own names only


BY_HASH = """'{"hash":' || (e.value -> 'hash')::text || '}'"""
_PAGE = f"""
WITH page AS (SELECT id, content, content_hash FROM {TABLE} WHERE id > %s ORDER BY id LIMIT %s)
SELECT max(id), count(*), array_agg(id ORDER BY id) FILTER (WHERE content_hash <> md5({canonical_sql("content", BY_HASH)})) FROM page
"""  # noqa: S608 - own names only


def page(after: int, limit: int) -> Page:
    """The next records behind a key."""
    rows: list[tuple[Any, ...]] = query(_PAGE, [after, limit])
    [(last, count, doubted)] = rows
    found = Page(last=int(str(last)) if last is not None else None, count=int(str(count)))
    suspects = CreditRecord.objects.filter(pk__in=doubted or []).order_by("pk")
    for pk, number, content, digest in suspects.values_list("pk", "document_number", "content", "content_hash"):
        if content_hash(content) != digest:
            text = f"信用记录 {pk}（{number or '无文书号'}）的内容与其摘要（content_hash）不符。"
            found.altered.append(Altered(TABLE, pk, "content", text))
    return found


reader = Reader("records", "信用记录", page)
