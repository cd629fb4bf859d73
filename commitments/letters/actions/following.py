"""What this app does when the ledger changes: a record of kind `commitment` has its `CommitmentLetter`, made and changed in the same transaction.

Set-wise: whatever the number of records, a few statements per chunk. Other kinds of records are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from casework.models import Case
from commitments.lists.queries.register import Listed, Register
from commitments.models import BreachCase, CommitmentLetter, Review, Signature
from commitments.reviews.actions import void_of_letters
from commitments.reviews.actions.assessing import assess_new
from commitments.reviews.rules.cycles import Cycle, FirstDays, first_days
from commitments.rules.kinds import TYPE_LABELS, Channel, CommitmentType
from commitments.rules.states import FULFILMENT_LABELS, LETTER_MOVES, Fulfilment, next_state
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import copy_into_new
from credit_platform.workdays.queries import calendar
from records.models import CreditRecord, ImportBatch

KIND = "commitment"
CHUNK = 5000
STAYS = "承诺书已签署、复核或进入违诺处理，不能随批次撤回；确需撤回的请撤销该记录。"
TYPES = {label: kind.value for kind, label in TYPE_LABELS.items()}
STAGE = "stage_letter"
COLUMNS = (
    ("record_id", "bigint"),
    ("code", "text"),
    ("subject_id", "bigint"),
    ("department_id", "bigint"),
    ("district", "text"),
    ("matter_id", "bigint"),
    ("entry_id", "bigint"),
    ("commitment_type", "text"),
    ("channel", "text"),
    ("made_on", "date"),
    ("valid_until", "date"),
    ("next_review_on", "date"),
    ("next_review_kind", "text"),
    ("review_provisional", "boolean"),
    ("shortfall_papers", "text"),
    ("shortfall_due_on", "date"),
)
NAMES = ", ".join(name for name, _ in COLUMNS)
INSERT = f"""
INSERT INTO commitments_letter ({NAMES}, fulfilment, created_at, updated_at)
SELECT {NAMES}, '{Fulfilment.PERFORMING.value}', now(), now() FROM {STAGE} ORDER BY record_id
ON CONFLICT (record_id) DO NOTHING
"""  # noqa: S608 - constants of this module
# A letter that somebody has looked at keeps its next review; what the record says of itself follows the record.
UPDATE = f"""
UPDATE commitments_letter l SET code = s.code, subject_id = s.subject_id, department_id = s.department_id, district = s.district,
    matter_id = s.matter_id,
    entry_id = s.entry_id, commitment_type = s.commitment_type, made_on = s.made_on, valid_until = s.valid_until,
    shortfall_papers = s.shortfall_papers, shortfall_due_on = s.shortfall_due_on, updated_at = now(),
    shortfall_settled_on = CASE WHEN s.shortfall_due_on IS NOT NULL THEN l.shortfall_settled_on END,
    next_review_on = CASE WHEN t.untouched THEN s.next_review_on ELSE l.next_review_on END,
    next_review_kind = CASE WHEN t.untouched THEN s.next_review_kind ELSE l.next_review_kind END,
    review_provisional = CASE WHEN t.untouched THEN s.review_provisional ELSE l.review_provisional END
FROM {STAGE} s JOIN commitments_letter o USING (record_id) CROSS JOIN LATERAL (
    SELECT o.fulfilment <> 'withdrawn' AND o.assessed_on IS NULL AND NOT EXISTS (
        SELECT FROM commitments_review r WHERE r.letter_id = o.id AND r.state <> 'void') AS untouched) t
WHERE l.id = o.id
"""  # noqa: S608
# A letter that was looked at before it was taken back begins again with a later review of its own, not with its first.
REVIVE = f"""
UPDATE commitments_letter l SET fulfilment = %s, assessed_on = NULL, next_review_on = s.next_review_on,
    next_review_kind = CASE WHEN s.next_review_on IS NULL THEN ''
        WHEN EXISTS (SELECT FROM commitments_review r WHERE r.letter_id = l.id AND r.state = 'done') THEN 'periodic'
        ELSE s.next_review_kind END,
    review_provisional = s.review_provisional, updated_at = now()
FROM {STAGE} s WHERE l.record_id = s.record_id AND l.id = ANY(%s)
"""  # noqa: S608


class LetterFollower:
    """The follower registered in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New records get their letter, revived ones theirs back."""
        with acting(by):
            made = _Making(by)
            members: list[int] = []
            for records in _chunks(record_ids):
                ids = [record.pk for record in records]
                made.stage(records)
                _execute(INSERT)
                _revive(ids, by=by)
                assess_new(ids, by=by)
                members += ids
            if members:
                audit.record("commitments.letter.enter", by=by, members=members)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The letter says what its record says now."""
        with acting(by):
            made = _Making(by)
            for records in _chunks(record_ids):
                made.stage(records)
                _execute(INSERT)
                _execute(UPDATE)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """A letter whose record was revoked counts no more and is not looked at again."""
        withdraw(record_ids, by=by, reason=reason)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """A batch undo keeps letters that were signed here, looked at, or are the ground of a case."""
        letters = CommitmentLetter.objects.filter(record_id__in=list(record_ids)).filter(
            Exists(Review.objects.filter(letter=OuterRef("pk"), state="done"))
            | Exists(BreachCase.objects.filter(letter=OuterRef("pk")))
            | Exists(Signature.objects.filter(letter=OuterRef("pk")))
        )
        return dict.fromkeys(letters.values_list("record_id", flat=True), STAYS)

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """The letters of a batch that was taken back count no more; the same file brings them back."""
        withdraw(record_ids, by=by, reason="所在导入批次已撤回")

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Records went over to another subject: letters and cases go with them."""
        holder = CreditRecord.objects.filter(pk=OuterRef("record_id")).values("subject_id")
        with acting(by):
            letters = CommitmentLetter.objects.filter(record_id__in=list(record_ids))
            letters.update(subject_id=Subquery(holder), updated_at=timezone.now())
            of_letter = CommitmentLetter.objects.filter(breaches=OuterRef("pk")).values("subject_id")
            Case.objects.filter(breachcase__letter__record_id__in=list(record_ids)).update(
                subject_id=Subquery(of_letter)
            )


def withdraw(record_ids: Sequence[int], *, by: Actor, reason: str) -> int:
    """Take letters out of the counts and the queue of reviews; how many. Who: whoever may take the record back.

    One audit row with the members; letters that are withdrawn already stay as they are.
    """
    done = 0
    with acting(by):
        rows = (
            CommitmentLetter.objects.select_for_update().active().filter(record_id__in=list(record_ids)).order_by("pk")
        )
        members = list(rows.values_list("pk", "fulfilment"))
        for old in sorted({state for _, state in members}):
            new = next_state(LETTER_MOVES, FULFILMENT_LABELS, Fulfilment(old), "withdraw")
            ids = [pk for pk, state in members if state == old]
            done += CommitmentLetter.objects.filter(pk__in=ids).update(
                fulfilment=new.value, next_review_on=None, next_review_kind="", updated_at=timezone.now()
            )
        if members:
            ids = [pk for pk, _ in members]
            audit.record("commitments.letter.withdraw", by=by, members=ids, reason=reason)
            void_of_letters(ids, by=by)
    return done


def _revive(record_ids: Sequence[int], *, by: Actor) -> None:
    rows = CommitmentLetter.objects.select_for_update().filter(
        record_id__in=record_ids, fulfilment=Fulfilment.WITHDRAWN
    )
    ids = sorted(rows.values_list("pk", flat=True))
    if not ids:
        return
    state = next_state(LETTER_MOVES, FULFILMENT_LABELS, Fulfilment.WITHDRAWN, "revive")
    _execute(UPDATE)
    _execute(REVIVE, [state.value, ids])
    audit.record("commitments.letter.revive", by=by, members=ids)


class _Making:
    """Reads what the letters of records are; the list and the calendar are asked once."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.register = Register()
        self.calendar = calendar()
        self.days: dict[tuple[Any, ...], FirstDays] = {}

    def stage(self, records: Iterable[CreditRecord]) -> None:
        copy_into_new(STAGE, COLUMNS, (self._row(record) for record in records))

    def _row(self, record: CreditRecord) -> tuple[Any, ...]:
        content = record.content
        code, kind = str(content.get("CN_SXBM") or ""), TYPES.get(str(content.get("CN_LX") or ""), "other")
        listed = self.register.entry(code, record.decided_on) if code else None
        days = self._first(record, listed, kind, _day(content.get("CN_BZQX")))
        # An authority from elsewhere has no desk here: whoever reported the letter looks after it.
        authority = record.source_department if record.authority.is_external else record.authority
        return (
            record.pk,
            record.document_number,
            record.subject_id,
            authority.pk,
            str(content.get("CN_QH") or authority.district or "")[:6],
            listed.matter_id if listed else None,
            listed.entry_id if listed else None,
            kind,
            self._channel(record),
            record.decided_on,
            record.valid_until,
            days.review_on,
            days.kind,
            days.provisional,
            str(content.get("CN_RQCL") or "") if kind == CommitmentType.SHORTFALL else "",
            days.shortfall_on,
        )

    def _first(self, record: CreditRecord, listed: Listed | None, kind: str, stated: date | None) -> FirstDays:
        key = (listed.entry_id if listed else None, record.decided_on, record.valid_until, kind, stated)
        if key not in self.days:
            self.days[key] = first_days(
                listed.cycle if listed else Cycle(),
                made_on=record.decided_on,
                valid_until=record.valid_until,
                commitment_type=kind,
                shortfall_stated=stated,
                calendar=self.calendar,
            )
        return self.days[key]

    def _channel(self, record: CreditRecord) -> str:
        if record.batch is not None:
            return (Channel.API if record.batch.channel == ImportBatch.Channel.API else Channel.FILE).value
        return {"client": Channel.API, "staff": Channel.DESK}.get(self.by.actor_kind, Channel.ONLINE).value


def _chunks(record_ids: Sequence[int]) -> Iterator[list[CreditRecord]]:
    ids = sorted(set(record_ids))
    for start in range(0, len(ids), CHUNK):
        rows = CreditRecord.objects.filter(pk__in=ids[start : start + CHUNK], kind=KIND, standard=KIND)
        found = list(rows.select_related("authority", "source_department", "batch").defer("warnings").order_by("pk"))
        if found:
            yield found


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _execute(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


follower = LetterFollower()
