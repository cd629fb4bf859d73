"""The entering of a batch: the staging table → the ledger, in one transaction that also closes the batch."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import OperationalError
from django.utils import timezone

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from records import doors
from records.imports.batches import tries
from records.imports.ledger import stage
from records.imports.ledger.apply import MovedMeanwhile, Outcome, Target, apply
from records.imports.ledger.closing import close_batch, tell
from records.imports.reading import sources
from records.imports.reading.sources import Source
from records.models import CatalogueEntry, ImportBatch
from records.standards.declaration import Standard

State = ImportBatch.State
TRIES = 4
WORK_MEM = "64MB"  # one batch at a time enters per worker: its sorts and hashes need not go to disk


class _TakeBack(Exception):  # noqa: N818 - rolls a transaction back on purpose
    """Roll back what was entered: a simulation, or all-or-nothing with refused rows."""


@dataclass(frozen=True, slots=True)
class Entering:
    """A batch that was read to its end, and what it was read as."""

    batch: ImportBatch
    by: Actor
    entry: CatalogueEntry
    standard: Standard
    source: Source

    def go(self) -> None:
        progress = self.batch.progress
        if not progress["read"]:
            raise sources.nothing_in_it()
        if self.batch.all_or_nothing and progress["refused"]:
            self._nothing_entered(progress["refused"])
            return
        target = self._target()
        stage.analyze(self.batch.pk)
        for attempt in range(1, TRIES + 1):
            try:
                self._once(target)
                return
            except (MovedMeanwhile, OperationalError) as error:
                if attempt == TRIES or not passing(error):
                    raise
                time.sleep(0.2 * attempt)

    def _target(self) -> Target:
        return Target(
            stage=stage.table_of(self.batch.pk),
            batch_id=self.batch.pk,
            item=self.entry.item,
            standard=self.standard,
            stored_as=self.standard.accepted_as or self.standard.code,
            department=self.batch.department,
            received_at=self.batch.received_at,
            entered_by_id=self.batch.uploaded_by_id,
            clear=self.batch.blanks == ImportBatch.Blanks.CLEAR,
        )

    def _once(self, target: Target) -> None:
        outcome: Outcome | None = None
        try:
            with acting(self.by):
                locked = ImportBatch.objects.select_for_update().get(pk=self.batch.pk)
                if locked.state != State.APPLYING:
                    raise tries.CancelledMeanwhile
                pg.execute(f"SET LOCAL work_mem = '{WORK_MEM}'")
                door = doors.of(target.standard.kind)
                outcome = door.enter(target, by=self.by) if door else apply(target, by=self.by)
                if self.batch.simulate or (self.batch.all_or_nothing and outcome.refused):
                    raise _TakeBack
                close_batch(self.batch, outcome, self.source, self.entry, by=self.by)
        except _TakeBack:
            assert outcome is not None  # noqa: S101 - told to the type checker
            if outcome.refused and self.batch.all_or_nothing:
                tell(self.batch, outcome, self.source)
                self._nothing_entered(self.batch.progress["refused"] + len(outcome.refused))
                return
            with acting(self.by):
                close_batch(self.batch, outcome, self.source, self.entry, by=self.by)

    def _nothing_entered(self, bad: int) -> None:
        """All-or-nothing with refused rows: nothing is in the ledger, so nothing counts as accepted."""
        read = self.batch.progress["read"]
        if not self.batch.simulate:
            stage.remember_staged_arrivals(self.batch.pk, self.batch.received_at)
        self.batch.total, self.batch.rejected, self.batch.accepted = read, read, 0
        self.batch.warned = self.batch.progress["warned"]
        self.batch.progress = {**self.batch.progress, "bad": bad}
        self.batch.state = State.REFUSED
        self.batch.refusal = f"共 {read} 行，其中 {bad} 行有错误。按“有错则全部不入库”的选择，整个文件未入库。"
        self.batch.finished_at = self.batch.heartbeat_at = timezone.now()
        self.batch.save()


def passing(error: Exception) -> bool:
    """Whether trying again may help: somebody moved meanwhile, or two transactions blocked each other."""
    code = getattr(error.__cause__, "pgcode", "")
    return isinstance(error, MovedMeanwhile) or code in {"40P01", "40001"}
