"""Purposes, the register of queries, authorisations, windows, the review."""

from lookups.models.purposes import Purpose
from lookups.models.register import AskedNumber, Authorisation, HoldBack, Query
from lookups.models.review import DailySample, Finding, Notable, ReviewLimits
from lookups.models.windows import ServiceWindow

# Last: it stands on the tables above.
from lookups.retention.models import Disposal, RetentionHold, RetentionRule  # isort: skip

__all__ = [
    "Disposal",
    "RetentionHold",
    "RetentionRule",
    "AskedNumber",
    "Authorisation",
    "DailySample",
    "Finding",
    "HoldBack",
    "Notable",
    "Purpose",
    "Query",
    "ReviewLimits",
    "ServiceWindow",
]
