"""Public faces held against the hashes that their publication left under the audit, and those hashes against the entries."""

from __future__ import annotations

from credit_platform.audit.models import AuditEntry
from credit_platform.audit.rereading import Altered, Page, Reader
from credit_platform.pg import query
from disclosure.queries.faces import DIGEST, FACE_HASH, HAS_FACE, RECORD_HASH

TABLE, FACES, RECORDS = "disclosure_disclosure", "disclosure_face", "records_creditrecord"
_DISCLOSURES = f"""
WITH page AS (SELECT * FROM {TABLE} WHERE id > %s ORDER BY id LIMIT %s),
judged AS (
    SELECT d.id, d.record_id, d.public_id, {HAS_FACE} AS shown, r.id IS NULL AS gone, a.hash IS NULL AS bare,
           a.hash <> {FACE_HASH} AS other,
           a.record_hash <> '' AND r.version = a.record_version AND a.record_hash <> {RECORD_HASH} AS behind
    FROM page d LEFT JOIN {RECORDS} r ON r.id = d.record_id
    LEFT JOIN LATERAL (SELECT f.hash, f.record_version, f.record_hash FROM {FACES} f
                       WHERE f.disclosure_id = d.id ORDER BY f.id DESC LIMIT 1) a ON true
)
SELECT (SELECT max(id) FROM page), (SELECT count(*) FROM page), j.id, j.record_id, j.public_id, j.gone, j.shown AND j.bare, j.other, j.behind
FROM (SELECT 1) one LEFT JOIN judged j ON j.gone OR (j.shown AND j.bare) OR j.other OR j.behind
ORDER BY j.id
"""  # noqa: S608 - own names only
_ENTRIES = f"""
WITH page AS (SELECT DISTINCT entry_id FROM {FACES} WHERE entry_id > %s ORDER BY entry_id LIMIT %s)
SELECT p.entry_id, count(*), {DIGEST} = e.detail #>> '{{faces,sha256}}',
       (array_agg(f.disclosure_id) FILTER (WHERE d.id IS NULL))[1:20]
FROM page p JOIN {FACES} f ON f.entry_id = p.entry_id LEFT JOIN audit_entry e ON e.id = p.entry_id
LEFT JOIN {TABLE} d ON d.id = f.disclosure_id
GROUP BY p.entry_id, e.detail ORDER BY p.entry_id
"""  # noqa: S608 - own names only
ENTRIES_AT_ONCE = 200
"""An import's entry alone may hold two hundred thousand faces."""


def disclosures(after: int, limit: int) -> Page:
    """The next disclosures behind a key: is the record there, and are face and record what was published?"""
    rows = query(_DISCLOSURES, [after, limit])
    found = Page(last=_number(rows[0][0]), count=_number(rows[0][1]) or 0)
    whole = AuditEntry.objects.filter(verb="disclosure.anchor", detail__whole=True).exists()
    for _, _, pk, record_id, public_id, gone, bare, other, behind in rows:
        if pk is None:
            continue
        item = f"公示事项 {pk}（公示编号 {public_id}）"
        number, record = int(str(pk)), int(str(record_id))
        if gone:
            found.altered.append(Altered(TABLE, number, "record-gone", f"{item}的信用记录 {record} 已不存在。"))
        if bare and whole:
            text = f"{item}在公示，而审计记录中没有它的公示内容校验值。"
            found.altered.append(Altered(TABLE, number, "unanchored", text))
        found.unanchored += bool(bare)
        if other:
            text = f"{item}的公示内容与公示（更正）时记入审计的校验值不符。"
            found.altered.append(Altered(TABLE, number, "shown", text))
        if behind:
            text = f"信用记录 {record} 的内容与其公示事项 {pk} 公示时记入审计的校验值不符。"
            found.altered.append(Altered(RECORDS, record, "published-content", text))
    return found


def entries(after: int, limit: int) -> Page:
    """The next entries behind a key that published something: is every face there, as the entry's digest says?"""
    rows = query(_ENTRIES, [after, min(limit, ENTRIES_AT_ONCE)])
    found = Page(last=_number(rows[-1][0]) if rows else None)
    for entry, count, same, missing in rows:
        found.count += _number(count) or 0
        if not same:
            text = f"审计记录 {entry} 名下的公示内容校验值与该记录所载的总校验值不符：其中有校验值被改动、增加或删除。"
            found.altered.append(Altered(FACES, int(str(entry)), "digest", text))
        for pk in missing or ():  # type: ignore[attr-defined]  # an array
            text = f"公示事项 {pk} 曾经公示（审计记录 {entry}），现已不存在。"
            found.altered.append(Altered(TABLE, int(pk), "gone", text))
    return found


def _number(value: object) -> int | None:
    return int(str(value)) if value is not None else None


readers = (Reader("faces", "公示内容", disclosures), Reader("entries", "公示校验值", entries))
