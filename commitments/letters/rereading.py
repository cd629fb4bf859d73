"""Texts that were signed online, held against the hash that was signed with them."""

from __future__ import annotations

from credit_platform.audit.rereading import Altered, Page, Reader
from credit_platform.pg import query

TABLE = "commitments_signature"
_PAGE = f"""
WITH page AS (SELECT id, number, text, text_sha256 FROM {TABLE} WHERE id > %s ORDER BY id LIMIT %s)
SELECT (SELECT max(id) FROM page), (SELECT count(*) FROM page), j.id, j.number
FROM (SELECT 1) one LEFT JOIN page j ON j.text_sha256 <> encode(sha256(convert_to(j.text, 'UTF8')), 'hex') ORDER BY j.id
"""  # noqa: S608 - own names only


def page(after: int, limit: int) -> Page:
    """The next signatures behind a key."""
    rows = query(_PAGE, [after, limit])
    found = Page(last=int(str(rows[0][0])) if rows[0][0] is not None else None, count=int(str(rows[0][1])))
    for _, _, pk, number in rows:
        if pk is not None:
            text = f"承诺书 {number} 的签署文本与其摘要（text_sha256）不符。"
            found.altered.append(Altered(TABLE, int(str(pk)), "text", text))
    return found


reader = Reader("signatures", "签署文本", page)
