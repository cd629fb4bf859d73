"""What this room does when the ledger changes: a record of a list has its entry, made and changed in the same transaction.

Whichever way it came in: a decision, a published list, a resumed import. Set-wise; other kinds of records are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from disclosure.rules.facts import LONG_TERM
from records.models import CreditRecord
from sanctions import followers
from sanctions.lists.actions.ending import displace
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.queries.registers import Rules
from sanctions.lists.rules import KIND_OF, Way
from sanctions.standards import PREFIX

CHUNK = 2000
DECIDED = "由认定决定列入，或者已经移出，不能随批次撤回；确需撤回的请办理移出。"


class EntryFollower:
    """The follower registered in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New records get their entry, revived ones theirs back; red entries fall where a serious one begins."""
        on = timezone.localdate()
        with acting(by):
            lists = Rules()
            for records in _chunks(record_ids):
                entries = _made(records, lists)
                followers.tell_entered(entries, on=on, by=by)
                displace(entries, by=by, on=on)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The entry says what its record says now."""
        with acting(by):
            lists = Rules()
            for records in _chunks(record_ids):
                by_record = {entry.record_id: entry for entry in ListEntry.objects.filter(record__in=records)}
                for record in records:
                    if (entry := by_record.get(record.pk)) is not None:
                        _fill(entry, record, lists)
                ListEntry.objects.bulk_update(list(by_record.values()), FILLED, batch_size=CHUNK)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """An entry whose record was revoked by whoever brought it is off its list; one that ended otherwise stays as it ended."""
        _close(record_ids, Way.SOURCE, by=by, why=reason)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """A batch undo keeps what a decision has listed and what has ended."""
        rows = ListEntry.objects.filter(record_id__in=list(record_ids))
        kept = rows.filter(case__isnull=False) | rows.filter(ended_on__isnull=False)
        return dict.fromkeys(kept.values_list("record_id", flat=True), DECIDED)

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The entries of a batch that was taken back were never there; the same file brings them back."""
        _close(record_ids, Way.UNDONE, by=by, why="所在导入批次已撤回")

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject: their entries go with them."""
        holder = CreditRecord.objects.filter(pk=OuterRef("record_id")).values("subject_id")
        with acting(by):
            rows = ListEntry.objects.filter(record_id__in=list(record_ids))
            rows.update(subject_id=Subquery(holder), updated_at=timezone.now())


FILLED = ["credit_list", "subject", "document_number", "entered_on", "starts_on", "ends_on", "updated_at"]


def _chunks(record_ids: Sequence[int]) -> Iterator[list[CreditRecord]]:
    ids = sorted(set(record_ids))
    for start in range(0, len(ids), CHUNK):
        rows = CreditRecord.objects.filter(pk__in=ids[start : start + CHUNK], kind__in=KIND_OF.values())
        if found := list(rows.order_by("pk")):
            yield found


def _made(records: Sequence[CreditRecord], lists: Rules) -> list[ListEntry]:
    """The entries of records that stand now: those that are new, and those whose undoing was undone."""
    there = {each.record_id: each for each in ListEntry.objects.select_for_update().filter(record__in=records)}
    new = [_fill(ListEntry(record=record), record, lists) for record in records if record.pk not in there]
    ListEntry.objects.bulk_create(new, batch_size=CHUNK)
    back = [each for each in there.values() if each.ended_way == Way.UNDONE]
    of = {record.pk: record for record in records}
    for entry in back:
        entry.ended_on, entry.ended_way, entry.ended_why = None, "", ""
        _fill(entry, of[entry.record_id], lists)
    ListEntry.objects.bulk_update(back, [*FILLED, "ended_on", "ended_way", "ended_why"], batch_size=CHUNK)
    return [*new, *back]


def _fill(entry: ListEntry, record: CreditRecord, lists: Rules) -> ListEntry:
    entry.credit_list = _list_of(record, lists)
    entry.subject_id, entry.document_number = record.subject_id, record.document_number
    entry.entered_on = record.decided_on
    entry.starts_on = max(record.valid_from or record.decided_on, record.decided_on)
    last = record.valid_until if record.valid_until and record.valid_until < LONG_TERM else None
    entry.ends_on = max(last, entry.starts_on) if last else None
    entry.updated_at = timezone.now()
    return entry


def _list_of(record: CreditRecord, lists: Rules) -> CreditList:
    code = str(record.content.get(f"{PREFIX[record.kind]}_BM", ""))
    found = lists.on(code, record.decided_on)
    if found is None:
        raise Refused(
            "list.in-force", f"名单{code}在列入之日没有施行，不得列入任何主体。", article="国办发〔2020〕49号"
        )
    return found


def _close(record_ids: Sequence[int], way: Way, *, by: Actor, why: str) -> None:
    on = timezone.localdate()
    with acting(by):
        rows = ListEntry.objects.filter(record_id__in=list(record_ids), ended_on__isnull=True)
        entries = list(rows.select_for_update(of=("self",)).select_related("credit_list", "subject").order_by("pk"))
        if not entries:
            return
        ids = [entry.pk for entry in entries]
        since = F("entered_on") if way is Way.UNDONE else on
        ListEntry.objects.filter(pk__in=ids).update(
            ended_on=since, ended_way=way.value, ended_why=why[:300], updated_at=timezone.now()
        )
        for entry in entries:
            entry.ended_on, entry.ended_way = entry.entered_on if way is Way.UNDONE else on, way.value
        audit.record("sanctions.entry.end", by=by, members=ids, reason=why, detail={"way": way, "on": on})
        followers.tell_ended(entries, on=on, by=by)


follower = EntryFollower()
