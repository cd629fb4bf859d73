"""The end of a batch: the findings of the ledger at their rows, its counts and state, the audit entry."""

from __future__ import annotations

from django.utils import timezone

from credit_platform import pg, sealing
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from records.imports.ledger import remarks, stage
from records.imports.ledger.apply import Outcome
from records.imports.reading import findings
from records.imports.reading.checking import Chunk
from records.imports.reading.findings import PlacedFinding
from records.imports.reading.sources import Source
from records.models import CatalogueEntry, ImportBatch, ImportReject
from records.sealed_places import reject_place
from records.standards import registry
from records.standards.declaration import Standard

State = ImportBatch.State
MEMBERS_KEPT = 1_000


def close_batch(batch: ImportBatch, outcome: Outcome, source: Source, entry: CatalogueEntry, *, by: Actor) -> None:
    """The last words of a batch that was entered (or simulated): findings of the ledger, counts, state, audit entry."""
    tell(batch, outcome, source)
    _tell_left_out(batch, outcome, source)
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
        "left_out": outcome.left_out,
    }
    batch.state = State.DONE
    batch.finished_at = batch.heartbeat_at = timezone.now()
    batch.save(update_fields=_CLOSING)
    _audit(batch, outcome, entry, by)


_CLOSING = ["total", "rejected", "accepted", "unchanged", "warned", "progress", "state", "finished_at", "heartbeat_at"]


def tell(batch: ImportBatch, outcome: Outcome, source: Source) -> None:
    """Findings that only the ledger could make, at their rows; the refused rows are fetched from the file again."""
    said = outcome.refused + outcome.warnings
    places = stage.places(batch.pk, [each.n for each in said])
    findings.keep(
        batch.pk, (PlacedFinding(finding=each.finding, sheet=places[each.n][0], row=places[each.n][1]) for each in said)
    )
    findings.keep(batch.pk, (PlacedFinding(finding=each) for each in outcome.about_file))
    if outcome.refused:
        keep_refused(batch.pk, source.refused_rows({each.n for each in outcome.refused}))


def _tell_left_out(batch: ImportBatch, outcome: Outcome, source: Source) -> None:
    """What the file leaves out and the ledger holds: kept, and told in a line or two; or emptied, and told row by row."""
    labels = labels_of(source.standard)
    if batch.blanks == ImportBatch.Blanks.CLEAR:
        emptied = remarks.emptied(outcome.emptied, labels, simulate=batch.simulate)
        places = stage.places(batch.pk, [each.n for each in emptied])
        findings.keep(
            batch.pk,
            (PlacedFinding(finding=each.finding, sheet=places[each.n][0], row=places[each.n][1]) for each in emptied),
        )
        return
    stored = {source.standard.moves.get(code, code) for code in source.codes()}
    named = [(code, count) for code, count in outcome.left_out.items() if code in labels]
    blank = [(labels[code], count) for code, count in named if code in stored]
    absent = [(labels[code], count) for code, count in named if code not in stored]
    findings.keep(batch.pk, remarks.left_out(blank, absent))


def labels_of(standard: Standard) -> dict[str, str]:
    """Labels by the codes that rows are stored under, those of the standard that took an old layout's place too."""
    newer = registry.get(standard.accepted_as).fields if standard.accepted_as else ()
    return {each.code: each.label for each in (*standard.fields, *newer)}


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
        detail={"file": batch.file_name, "sha256": batch.sha256, "standard": batch.standard, "item": entry.item.code}
        | ({"blanks": batch.blanks, "emptied": outcome.left_out} if batch.blanks == ImportBatch.Blanks.CLEAR else {}),
    )


def keep_refused(batch_id: int, chunk: Chunk) -> None:
    """Store the refused rows of a chunk, and those that are no records, encrypted."""
    rows = (
        (batch_id, sheet, row, "\\x" + sealing.encrypt(cells, reject_place(batch_id, sheet, row)).hex())
        for sheet, row, cells in (*chunk.bad, *chunk.apart)
    )
    pg.copy_rows(ImportReject._meta.db_table, ("batch_id", "sheet", '"row"', "cipher"), rows, texts=("sheet",))
