"""Decisions that were taken back from the public, asked when they are sent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from credit_platform.errors import Finding, Level
from credit_platform.pg import query
from credit_platform.web.formats import cn_date

UNDONE = "所在导入批次已撤回"
"""Why something was withdrawn with its batch: that takes nothing back from the public."""
_SAME = """
SELECT DISTINCT ON (r.id) r.id, w.record_id = r.id, (w.ended_at AT TIME ZONE 'Asia/Shanghai')::date
FROM records_creditrecord r JOIN disclosure_disclosure w
  ON w.subject_id = r.subject_id AND w.document_key = r.document_key AND w.authority_id = r.authority_id
WHERE r.id = ANY(%s) AND w.state = 'withdrawn' AND w.ended_why <> %s AND w.document_key <> ''
ORDER BY r.id, w.record_id = r.id DESC, w.ended_at DESC
"""


def remarks(record_ids: Sequence[int]) -> Mapping[int, Finding]:
    """Of records just entered or changed those whose decision was withdrawn from the public, itself or on another day (one query).

    The item stays withdrawn (trap 32); a record of another day is a new item, and who reviews it should know.
    """
    found = query(_SAME, [list(record_ids), UNDONE])
    return {int(str(pk)): _same(day) if same else _other_day(day) for pk, same, day in found}


def _same(day: object) -> Finding:
    return Finding(
        "disclosure.withdrawn",
        Level.WARNING,
        f"该决定已于{cn_date(day)}撤回公示，本次变更只更新记录，不恢复公示。",
        mend="重新作出决定的，请用新的文书号报送。",
    )


def _other_day(day: object) -> Finding:
    return Finding(
        "disclosure.withdrawn-before",
        Level.WARNING,
        f"同一机关、文书号和相对人的信息已于{cn_date(day)}撤回公示，本行决定日期不同，按新的信息办理。",
        mend="请核对决定日期；属同一决定的，请撤销本条记录。",
    )
