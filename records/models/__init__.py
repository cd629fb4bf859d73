"""Tables of the ledger: subjects, the catalogue, records and imports."""

from records.models.batches import HeaderMapping, ImportBatch, ImportEffect, ImportFinding, ImportReject
from records.models.catalogue import CatalogueEntry, CatalogueItem, CatalogueVersion
from records.models.drafts import EntryDraft
from records.models.ledger import Arrival, CreditRecord, RetiredLookup
from records.models.merges import MergeCase
from records.models.reported import RefusedRow
from records.models.subjects import CodeExemption, Subject, SubjectIdentifier, SubjectKind, SubjectName

__all__ = [
    "Arrival",
    "RetiredLookup",
    "CatalogueEntry",
    "CatalogueItem",
    "CatalogueVersion",
    "CodeExemption",
    "CreditRecord",
    "EntryDraft",
    "HeaderMapping",
    "ImportBatch",
    "ImportEffect",
    "ImportFinding",
    "ImportReject",
    "MergeCase",
    "RefusedRow",
    "Subject",
    "SubjectIdentifier",
    "SubjectKind",
    "SubjectName",
]
