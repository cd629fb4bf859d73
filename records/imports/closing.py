"""The end of a batch: the findings of the ledger at their rows, its counts and state, the audit entry."""

from __future__ import annotations

from django.utils import timezone

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from records.imports import findings, stage
from records.imports.apply import Outcome
from records.imports.checking import Chunk
from records.imports.sources import Source
from records.models import CatalogueEntry, ImportBatch, ImportReject

State = ImportBatch.State
MEMBERS_KEPT = 1_000


def close_batch(batch: ImportBatch, outcome: Outcome, source: Source, entry: CatalogueEntry, *, by: Actor) -> None:
    """The last words of a batch that was entered (or simulated): findings of the ledger, counts, state, audit entry."""
    tell(batch, outcome, source)
    progress = batch.progress
    batch.total = progress["read"]
    batch.rejected = progress["refused"] + len(outcome.refused)
    batch.accepted = batch.total - batch.rejected
    batch.unchanged = outcome.unchanged
    batch.warned = outcome.warned
    batch.progress = {
        **progress,
        "created": len(outcome.created),
        "updated": len(outcome.updated),
        "revived": len(outcome.revived),
    }
    batch.state = State.DONE
    batch.finished_at = batch.heartbeat_at = timezone.now()
    batch.save(update_fields=_CLOSING)
    _audit(batch, outcome, entry, by)


_CLOSING = ["total", "rejected", "accepted", "unchanged", "warned", "progress", "state", "finished_at", "heartbeat_at"]


def tell(batch: ImportBatch, outcome: Outcome, source: Source) -> None:
    """Findings that only the ledger could make, at their rows; the refused rows are fetched from the file again."""
    remarks = outcome.refused + outcome.warnings
    places = stage.places(batch.pk, [each.n for each in remarks])
    findings.keep(
        batch.pk,
        (findings.Told(finding=each.finding, sheet=places[each.n][0], row=places[each.n][1]) for each in remarks),
    )
    if outcome.refused:
        keep_refused(batch.pk, source.sealed_rows({each.n for each in outcome.refused}))


def _audit(batch: ImportBatch, outcome: Outcome, entry: CatalogueEntry, by: Actor) -> None:
    if batch.simulate:
        audit.record("records.import.simulate", batch, by=by, unit_id=batch.department_id)
        return
    touched = outcome.created + outcome.updated + outcome.revived
    audit.record(
        "records.import.apply",
        batch,
        by=by,
        after={name: getattr(batch, name) for name in ("total", "accepted", "rejected", "unchanged")}
        | {name: len(getattr(outcome, name)) for name in ("created", "updated", "revived")},
        basis=entry.basis,
        unit_id=batch.department_id,
        members=touched[:MEMBERS_KEPT],
        detail={"file": batch.file_name, "sha256": batch.sha256, "standard": batch.standard, "item": entry.item.code},
    )


def keep_refused(batch_id: int, chunk: Chunk) -> None:
    """Store the refused rows of a chunk."""
    rows = ((batch_id, sheet, row, cipher) for sheet, row, cipher in chunk.bad)
    pg.copy_rows(ImportReject._meta.db_table, ("batch_id", "sheet", '"row"', "cipher"), rows, texts=("sheet",))
