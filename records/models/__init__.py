"""Tables of the ledger: subjects, the catalogue, records and imports."""

from records.models.batches import ImportBatch
from records.models.catalogue import CatalogueEntry, CatalogueItem, CatalogueVersion
from records.models.drafts import EntryDraft
from records.models.ledger import Arrival, CreditRecord
from records.models.merges import MergeCase
from records.models.subjects import CodeExemption, Subject, SubjectIdentifier, SubjectKind, SubjectName

__all__ = [
    "Arrival",
    "CatalogueEntry",
    "CatalogueItem",
    "CatalogueVersion",
    "CodeExemption",
    "CreditRecord",
    "EntryDraft",
    "ImportBatch",
    "MergeCase",
    "Subject",
    "SubjectIdentifier",
    "SubjectKind",
    "SubjectName",
]
