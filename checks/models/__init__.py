"""Matters that are checked, checks with their outcomes and notices, decided cases, and what is known of each subject."""

from checks.models.checks import Check, CheckQuerySet, Outcome
from checks.models.coverage import CheckNotice, CheckNoticeQuerySet, DecidedCase, DecidedCaseQuerySet
from checks.models.jobs import CheckJob
from checks.models.matters import CheckMatter, CheckMatterQuerySet, RecordRule
from checks.models.states import CheckRegister, StateQuerySet, SubjectState

__all__ = [
    "Check",
    "CheckJob",
    "CheckMatter",
    "CheckMatterQuerySet",
    "CheckNotice",
    "CheckNoticeQuerySet",
    "CheckQuerySet",
    "CheckRegister",
    "DecidedCase",
    "DecidedCaseQuerySet",
    "Outcome",
    "RecordRule",
    "StateQuerySet",
    "SubjectState",
]
