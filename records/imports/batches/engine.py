"""The run of a batch: file → rows → findings → staging table → ledger. Can be killed at any point and taken up again.

Reading goes by chunks, each one transaction with its checkpoint; entering is one transaction of its own that also closes the batch.
So a row is either staged and counted or neither, and the ledger has all of a batch or nothing of it. One worker at a time holds the
batch by an advisory lock, which dies with its connection.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from credit_platform import pg, vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.confined.limits import Limits
from credit_platform.errors import DomainError
from credit_platform.gate.refusals import Interrupted, of_kept_files
from credit_platform.gate.table import Table
from records.actions import reported
from records.imports.batches import tries
from records.imports.batches.collecting import few_collections
from records.imports.batches.entering import Entering
from records.imports.ledger import stage
from records.imports.ledger.closing import keep_refused
from records.imports.reading import findings, sources
from records.imports.reading.checking import Checker, Chunk
from records.imports.reading.sources import Source
from records.models import CatalogueEntry, ImportBatch, ImportFinding, ImportReject
from records.queries.catalogue import entry_for
from records.queries.context import row_context
from records.standards.declaration import Standard

logger = logging.getLogger(__name__)
State = ImportBatch.State
RUNNING = tries.RUNNING
CHUNK_ROWS = 5_000
HEARTBEAT_SECONDS = 5
alone = partial(pg.alone, 0x494D50)
"""Whether this process is the only one at a batch."""


def run(batch_id: int, *, by: Actor | None = None) -> ImportBatch:
    """Bring a batch to its end, from wherever it stands. Safe to call twice or in parallel: the second caller returns at once.

    `by`: who acts, by default the uploader, else SYSTEM. Never raises for what a file holds: that ends in state REFUSED with the
    reason. Other errors (the database went away) leave the batch as it is, to be taken up again, until it is given up (`tries`).
    """
    with alone(batch_id) as mine:
        batch = ImportBatch.objects.select_related("department", "item", "uploaded_by").get(pk=batch_id)
        if not mine or batch.state not in RUNNING:
            return batch
        before = tries.reached(batch)
        try:
            if tries.begin(batch):
                with few_collections():
                    _Run(batch, by or batch.uploaded_by or SYSTEM).go()
        except tries.CancelledMeanwhile:
            logger.info("import %s cancelled", batch.pk)
        except SoftTimeLimitExceeded:
            tries.overran(batch_id, before)
            raise
        except Interrupted as error:
            tries.broke(batch_id, error)
            raise
        except DomainError as refusal:
            refuse(batch, refusal)
        except Exception as error:
            tries.broke(batch_id, error)
            raise
        finally:
            if ImportBatch.objects.filter(pk=batch_id).exclude(state__in=RUNNING).exists():
                stage.drop(batch_id)
        batch.refresh_from_db()
        return batch


def refuse(batch: ImportBatch, refusal: DomainError) -> None:
    """Close a batch that cannot be entered at all, with the reason and the advice."""
    text = refusal.text + (f" {refusal.mend}" if refusal.mend else "")
    if isinstance(refusal, sources.OtherKind):
        kind = batch.progress | {"other": refusal.other.code}
        ImportBatch.objects.filter(pk=batch.pk, state__in=RUNNING).update(progress=kind)
    ImportBatch.objects.filter(pk=batch.pk, state__in=RUNNING).update(
        state=State.REFUSED, refusal=text, finished_at=timezone.now(), heartbeat_at=timezone.now()
    )
    logger.info("import %s refused: %s", batch.pk, refusal.code)


def _keys() -> list[int]:
    """The numbers of the keys that staged rows are sealed and hashed with: under other ones the file is read again."""
    return [number for number, _ in settings.FIELD_KEYS]


@dataclass(slots=True)
class _Run:
    batch: ImportBatch
    by: Actor
    beat: float = field(default_factory=time.monotonic)
    of: reported.Source = field(init=False)

    def go(self) -> None:
        batch = self.batch
        policy.require(self.by, "records.import", batch.department)
        today = timezone.localdate(batch.received_at)
        entry = entry_for(batch.standard, item=batch.item, department=batch.department, on=timezone.localdate())
        standard = sources.standard_of(batch.standard, entry)
        with of_kept_files():
            data = vault.read(batch.file_path)
        with Table(data, batch.file_name, limits=Limits.of_task(), pulse=self._still_wanted) as table:
            del data
            self._take(table, entry, standard, today)

    def _take(self, table: Table, entry: CatalogueEntry, standard: Standard, received_on: date) -> None:
        source = sources.open_source(table, standard, self.batch)
        if source.waits_for_mapping and self.batch.channel == ImportBatch.Channel.DESK:
            self._wait_for_mapping(source)
            return
        source.require_columns()
        context = row_context(timezone.localdate())
        context.received_on = received_on
        checker = Checker(standard, entry.item.code, context, tuple(entry.subject_kinds))
        self.of = reported.Source(self.batch, standard.kind, entry.item_id)
        self._read(source, checker)
        self._enter(entry, standard, source)

    def _enter(self, entry: CatalogueEntry, standard: Standard, source: Source) -> None:
        Entering(self.batch, self.by, entry, standard, source).go()

    def _still_wanted(self) -> None:
        """Called while the file's reader is silent: tell that somebody works on the batch, and stop when it was cancelled."""
        if time.monotonic() - self.beat < HEARTBEAT_SECONDS:
            return
        self.beat = time.monotonic()
        wanted = ImportBatch.objects.filter(pk=self.batch.pk, state__in=RUNNING)
        if not wanted.update(heartbeat_at=timezone.now()):
            raise tries.CancelledMeanwhile

    def _wait_for_mapping(self, source: Source) -> None:
        self.batch.state = State.MAPPING
        self.batch.progress = {"mapping": source.mapping_questions(), "units": source.unit_questions()}
        self.batch.save(update_fields=["state", "progress"])

    def _read(self, source: Source, checker: Checker) -> None:
        done = self._resume_point(checker)
        if self.batch.state == State.APPLYING:
            return
        if not done:
            findings.keep(self.batch.pk, source.remarks())
        checker.n = done
        beat = time.monotonic()
        for number, row in enumerate(source.rows(), start=1):
            if number <= done:
                continue
            row.check(checker)
            if checker.chunk.rows >= CHUNK_ROWS or time.monotonic() - beat > HEARTBEAT_SECONDS:
                self._checkpoint(checker.take(), source.expected)
                beat = time.monotonic()
        self._checkpoint(checker.take(), source.expected, last=True)

    def _resume_point(self, checker: Checker) -> int:
        """How many rows were read before; 0 after making a fresh start."""
        progress = self.batch.progress
        staged = stage.count(self.batch.pk)
        if (
            self.batch.state != State.QUEUED
            and staged is not None
            and staged == progress.get("staged")
            and progress.get("keys") == _keys()
        ):
            checker.seen = stage.seen(self.batch.pk)
            return int(progress.get("read", 0)) + int(progress.get("passed", 0))
        with transaction.atomic():
            stage.create(self.batch.pk)
            ImportFinding.objects.filter(batch=self.batch).delete()
            ImportReject.objects.filter(batch=self.batch).delete()
            reported.forget(self.batch.pk)
            self.batch.state = State.READING
            self.batch.progress = tries.carried_over(progress) | {
                "keys": _keys(),
                **dict.fromkeys(("read", "passed", "staged", "refused", "warned"), 0),
            }
            self.batch.heartbeat_at = timezone.now()
            self.batch.save(update_fields=["state", "progress", "heartbeat_at"])
        return 0

    def _checkpoint(self, chunk: Chunk, expected: int, *, last: bool = False) -> None:
        """One transaction: the rows of the chunk, what was found in them, and how far we are."""
        with transaction.atomic():
            # Nobody waits for the disk here: what a crash of the server takes is read again, and the ledger's own commit flushes it all.
            pg.execute("SET LOCAL synchronous_commit = off")
            locked = ImportBatch.objects.select_for_update().get(pk=self.batch.pk)
            if locked.state != State.READING:
                raise tries.CancelledMeanwhile
            stage.add(self.batch.pk, chunk.good)
            findings.keep(self.batch.pk, chunk.findings)
            keep_refused(self.batch.pk, chunk)
            if not self.batch.simulate:
                stage.remember_arrivals(chunk.arrivals, self.batch.received_at)
                reported.note(self.of, chunk.reported)
            progress = dict(locked.progress)
            for name, more in (
                ("read", chunk.rows),
                ("passed", chunk.passed),
                ("staged", len(chunk.good)),
                ("refused", len(chunk.bad)),
                ("warned", chunk.warned),
            ):
                progress[name] = int(progress.get(name, 0)) + more
            progress |= {"expected": max(expected, progress["read"]), "at": findings.now_iso()}
            progress = tries.further(progress, last=last)
            locked.progress = progress
            locked.heartbeat_at = timezone.now()
            locked.state = State.APPLYING if last else State.READING
            locked.save(update_fields=["progress", "heartbeat_at", "state"])
        self.batch.progress, self.batch.state = progress, locked.state
