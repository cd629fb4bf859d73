"""Answers about subjects, the catalogue and the ledger."""

from records.queries.branches import Branches, branches_of
from records.queries.catalogue import entries_for, entry_for, standard_for, standard_of
from records.queries.context import row_context
from records.queries.ledger import RecordFilter, records_of, versions
from records.queries.search import (
    SearchResult,
    SubjectHit,
    canonical,
    merged_with,
    search_subjects,
    subject_by_number,
    taken_back,
)
from records.queries.subjects import Timeline, fields_of, may_be_shared, subject_timeline
from records.queries.then import AsOf, as_of, described

__all__ = [
    "AsOf",
    "Branches",
    "RecordFilter",
    "SearchResult",
    "SubjectHit",
    "Timeline",
    "as_of",
    "branches_of",
    "canonical",
    "described",
    "entries_for",
    "entry_for",
    "fields_of",
    "may_be_shared",
    "merged_with",
    "records_of",
    "row_context",
    "search_subjects",
    "standard_for",
    "standard_of",
    "subject_by_number",
    "subject_timeline",
    "taken_back",
    "versions",
]
