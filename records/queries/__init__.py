"""Answers about subjects, the catalogue and the ledger."""

from records.queries.search import SearchResult, SubjectHit, search_subjects, standing, subject_by_number

__all__ = ["SearchResult", "SubjectHit", "search_subjects", "standing", "subject_by_number"]
