"""The columns that the lines of the past name, and the pens that write them."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.city.tables import Writer
from disclosure.models import Disclosure, DisclosureChange
from records.models import Arrival, CreditRecord, ImportBatch, ImportEffect

RECORD = [
    "id",
    "subject_id",
    "item_id",
    "kind",
    "standard",
    "authority_id",
    "authority_name",
    "source_department_id",
    "title",
    "document_number",
    "document_key",
    "decided_on",
    "valid_from",
    "valid_until",
    "content",
    "content_hash",
    "status",
    "batch_id",
    "entered_by_id",
    "first_arrived_at",
    "first_compliant_at",
    "revoked_on",
    "revoked_reason",
    "created_at",
    "updated_at",
]
SHOWN = [
    "id",
    "record_id",
    "public_id",
    "kind",
    "subject_id",
    "subject_name",
    "subject_code",
    "source_department_id",
    "authority_id",
    "district",
    "title",
    "document_number",
    "document_key",
    "decided_on",
    "state",
    "version",
    "on_entry",
    "due_on",
    "due_provisional",
    "arrived_on",
    "arrival_late",
    "late_reason",
    "severity",
    "severity_stated_by",
    "rule_set",
    "published_at",
    "published_on",
    "earliest_repair_on",
    "ends_on",
    "waits_for_performance",
    "ends_explained",
    "ended_at",
    "ended_why",
    "shown",
    "shown_record_version",
    "needs_correction",
    "drafted_by_id",
    "submitted_by_id",
    "submitted_at",
    "reviewed_by_id",
    "reviewed_at",
    "publish_from",
    "created_at",
    "updated_at",
]
BATCH = [
    "id",
    "department_id",
    "standard",
    "item_id",
    "channel",
    "uploaded_by_id",
    "uploaded_by_name",
    "file_name",
    "file_size",
    "sha256",
    "state",
    "total",
    "accepted",
    "rejected",
    "received_at",
    "heartbeat_at",
    "finished_at",
]
NULL = "\\N"


@dataclass(slots=True)
class Pens:
    """The writers, one a table."""

    records: Writer = field(default_factory=lambda: Writer(CreditRecord, RECORD))
    disclosures: Writer = field(default_factory=lambda: Writer(Disclosure, SHOWN))
    changes: Writer = field(
        default_factory=lambda: Writer(DisclosureChange, ("id", "disclosure_id", "event", "at", "number"))
    )
    batches: Writer = field(default_factory=lambda: Writer(ImportBatch, BATCH))
    effects: Writer = field(
        default_factory=lambda: Writer(ImportEffect, ("id", "batch_id", "record_id", "what", "version"))
    )
    arrivals: Writer = field(default_factory=lambda: Writer(Arrival, ("fingerprint", "first_at")))

    def close(self) -> None:
        """Wait for all of them."""
        for pen in (self.records, self.disclosures, self.changes, self.batches, self.effects, self.arrivals):
            pen.close()
