"""Whether a circular is genuine: by its file. A stranger's file is never opened: it is compared with what was signed by its hash."""

from __future__ import annotations

import hashlib

from assessment.sheets.models import CircularCase
from credit_platform.web.formats import cn_datetime
from disclosure.public.verifiers import Verdict

LABEL = "考核通报"


def verified(shown: bytes) -> Verdict | None:
    """What the public entrance says of something that may be a circular; None when it is none that was issued here."""
    if not shown.startswith(b"%PDF"):
        return None
    rows = CircularCase.objects.issued().filter(digest=hashlib.sha256(shown).hexdigest())
    row = rows.select_related("case__department", "month").first()
    if row is None:
        return None
    pairs = [
        ("标题", row.title),
        ("文号", row.case.number),
        ("月份", row.month.label),
        ("印发单位", row.case.department.name),
        ("印发时间", cn_datetime(row.issued_at)),
    ]
    notes = [f"已由{each.case.number}更正。" for each in row.corrections.filter(issued_at__isnull=False)]
    return Verdict(LABEL, True, "文件与平台印发的一致，没有改动。", pairs, notes)
