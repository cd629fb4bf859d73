"""Keeping the account of what was reported, refused and not yet mended (上报数 counts each decision once).

A refused row counts when it tells whose decision it speaks of (a code or a name) and which (a document number, else a day). A line of
totals, a note under the table, an empty form tell neither and are no report of anything. The same decision sent again is the same; when
it becomes a record it counts as that record, and no longer here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from records.former_keys import Arrivals
from records.identifiers import names
from records.models import CreditRecord, ImportBatch, RefusedRow
from records.rules import RecordStatus
from records.standards.row import RowKeys

_LOCK = 0x524546
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Reported:
    """What a row tells of itself: whose decision, and which."""

    code: str
    name: str
    document_key: str
    decided_on: date | None

    @classmethod
    def of(cls, keys: RowKeys) -> Reported | None:
        """Of a refused row; None when it does not say whose decision, or which."""
        name = names.normalise(keys.subject_name)
        if not (keys.code or name) or not (keys.document_key or keys.decided_on):
            return None
        return cls(keys.code, name, keys.document_key, keys.decided_on)

    def texts(self, *, whole: bool = False) -> list[str]:
        """What is hashed: who with the document, or with the day where there is none; `whole` (of a record) with both."""
        day = self.decided_on.isoformat() if self.decided_on else ""
        which = [self.document_key] if self.document_key else []
        which += [day] if day and (whole or not which) else []
        return [f"{who}\x1f{what}" for who in dict.fromkeys((self.code, self.name)) if who for what in which]


@dataclass(frozen=True, slots=True)
class Source:
    """Where refused rows come from: their batch, the kind of its standard, the item of the catalogue that they were meant for."""

    batch: ImportBatch
    kind: str
    item_id: int


def note(source: Source, rows: Sequence[Reported]) -> None:
    """Refused rows of a batch, inside the caller's transaction. Those whose decision is a record already are none of this account."""
    if not rows or source.batch.simulate:
        return
    _one_at_a_time(source.batch.department_id)
    keys = Arrivals.known()
    known = _tokens_of_records(keys, source.batch.department_id, source.item_id, rows)
    new = [row for row in rows if not known & set(_tokens(keys, source.item_id, row.texts()))]
    for start in range(0, len(new), _CHUNK):
        _place(source, [_tokens(keys, source.item_id, row.texts()) for row in new[start : start + _CHUNK]])


def _place(source: Source, told: Sequence[list[str]]) -> None:
    """Each row to the decision that shares a token with it, else as a new one."""
    batch = source.batch
    every = sorted({token for tokens in told for token in tokens})
    there = RefusedRow.objects.filter(department_id=batch.department_id, tokens__overlap=every).select_for_update()
    by_token = {token: row for row in there.order_by("pk") for token in row.tokens}
    touched: dict[int, RefusedRow] = {}
    for tokens in told:
        row = next((by_token[token] for token in tokens if token in by_token), None)
        if row is None:
            row = RefusedRow(
                department_id=batch.department_id,
                item_id=source.item_id,
                kind=source.kind,
                tokens=[],
                batches=[],
                first_at=batch.received_at,
            )
        row.tokens = sorted({*row.tokens, *tokens})
        row.batches = sorted({*row.batches, batch.pk})
        row.first_at = min(row.first_at, batch.received_at)
        touched[id(row)] = row
        by_token |= dict.fromkeys(tokens, row)
    changed = [row for row in touched.values() if row.pk]
    RefusedRow.objects.bulk_update(changed, ["tokens", "batches", "first_at"], batch_size=500)
    RefusedRow.objects.bulk_create([row for row in touched.values() if not row.pk], batch_size=500)


def mended(record_ids: Sequence[int]) -> int:
    """Records that stand now: what was refused of the same decisions is taken off the account; how many. In the caller's transaction."""
    if not record_ids:
        return 0
    open_at = RefusedRow.objects.order_by().values_list("department_id", "item_id").distinct()
    departments, items = {pair[0] for pair in open_at}, {pair[1] for pair in open_at}
    if not departments:
        return 0
    gone, keys = 0, Arrivals.known()
    for start in range(0, len(record_ids), _CHUNK):
        part = record_ids[start : start + _CHUNK]
        rows = CreditRecord.objects.filter(pk__in=part, source_department__in=departments, item__in=items)
        groups: dict[tuple[int, int], list[str]] = {}
        for department, item, row in _of_records(rows):
            groups.setdefault((department, item), []).extend(_tokens(keys, item, row.texts(whole=True)))
        for (department, item), tokens in sorted(groups.items()):
            _one_at_a_time(department)
            gone += RefusedRow.objects.filter(department_id=department, item_id=item, tokens__overlap=tokens).delete()[
                0
            ]
    return gone


def forget(batch_id: int) -> None:
    """A batch that is read anew, was given up, cancelled or taken back reported nothing."""
    mine = RefusedRow.objects.filter(batches__contains=[batch_id]).select_for_update().order_by("pk")
    for row in mine.iterator(chunk_size=500):
        row.batches = [each for each in row.batches if each != batch_id]
        first = ImportBatch.objects.filter(pk__in=row.batches).order_by("received_at").first()
        if first is None:
            row.delete()
        else:
            row.first_at = first.received_at
            row.save(update_fields=["batches", "first_at"])


def _tokens_of_records(keys: Arrivals, department: int, item: int, rows: Sequence[Reported]) -> set[str]:
    """The tokens of the records that the department has of these decisions already."""
    found: set[str] = set()
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        days = {row.decided_on for row in part if row.decided_on and not row.document_key}
        wanted = Q(document_key__in={row.document_key for row in part} - {""})
        wanted |= Q(decided_on__in=days) & (
            Q(subject__code__in={row.code for row in part}) | Q(subject__names__normal__in={row.name for row in part})
        )
        records = CreditRecord.objects.exclude(status=RecordStatus.UNDONE).filter(
            wanted, source_department_id=department, item_id=item
        )
        for _, _, row in _of_records(records):
            found.update(_tokens(keys, item, row.texts(whole=True)))
    return found


def _of_records(records: QuerySet[CreditRecord]) -> Iterable[tuple[int, int, Reported]]:
    """Records with each of the names that their subject has or had."""
    columns = ("source_department_id", "item_id", "subject__code", "document_key", "decided_on")
    names_of = (*columns, "subject__name", "subject__names__normal")
    for department, item, code, key, day, name, former in records.values_list(*names_of):
        for each in {names.normalise(name), former or ""}:
            yield department, item, Reported(code or "", each, key, day)


def _tokens(keys: Arrivals, item: int, texts: Sequence[str]) -> list[str]:
    """Under every key, those that were taken out too: a row that was refused before a change of keys is still known after it."""
    plain = [f"refused\x1f{item}\x1f{text}" for text in texts]
    return [token for text in plain for token in (keys.fingerprint(text), *keys.former(text))]


def _one_at_a_time(department: int) -> None:
    """Who notes a row and who enters its decision look at each other's work, not past it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, department])
