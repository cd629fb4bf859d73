"""两书同达: with what becomes public its notice on repair is made, for every organisation, in the transaction that publishes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions.opening import numbers_of
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from disclosure.followers import Follower
from disclosure.kinds import REPAIRABLE
from disclosure.models import Disclosure
from records.models import SubjectKind
from repair.models import RepairNotice
from repair.queries.eligibility import entries_of, item_of
from repair.rules.eligibility import eligibility
from repair.rules.notice import notice_text
from sanctions.lists.models import ListEntry

SERIES = "repair-notice"
FORM = "信修告〔{year}〕{n:08d}号"
CHUNK = 2000


class NoticeFollower(Follower):
    """Items that become public get their notice; a listing that was decided here has the one of its decision."""

    def appeared(self, ids: Sequence[int], *, by: Actor) -> None:
        on = timezone.localdate()
        for start in range(0, len(ids), CHUNK):
            make(ids[start : start + CHUNK], on=on, by=by)


def make(ids: Sequence[int], *, on: date, by: Actor) -> int:
    """Make the notices of items that have none; how many. Inside the caller's transaction."""
    rows = Disclosure.objects.filter(pk__in=list(ids), kind__in=list(REPAIRABLE), repair_notice=None)
    rows = rows.exclude(subject__kind=SubjectKind.PERSON).select_related("authority").order_by("pk")
    items = list(rows)
    if not items:
        return 0
    by_record = entries_of(items)
    wanted = [row for row in items if (entry := by_record.get(row.record_id)) is None or entry.case_id is None]
    numbers = numbers_of(SERIES, FORM, on.year, len(wanted)) if wanted else []
    made = [_notice(row, by_record.get(row.record_id), number, on) for row, number in zip(wanted, numbers, strict=True)]
    RepairNotice.objects.bulk_create(made)
    if made:
        audit.record("repair.notice", by=by, members=[row.pk for row in wanted], detail={"on": on})
    return len(made)


def _notice(row: Disclosure, entry: ListEntry | None, number: str, on: date) -> RepairNotice:
    text = notice_text(
        subject=row.subject_name,
        document=row.document_number or row.title,
        authority=row.authority.name,
        shown=f"公示编号{row.public_id}",
        found=eligibility(item_of(row, entry), on=on),
    )
    return RepairNotice(
        disclosure=row, number=number, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), made_on=on
    )


follower = NoticeFollower()
