"""Reports are issued, shared and handed out."""

from reports.actions.issuing import Asked, Issued, Wanted, issue, issue_proof
from reports.actions.persons import issue_for_person
from reports.actions.sharing import Shared, end_share, share, take
from reports.actions.taking import file_of, look, may_look

__all__ = [
    "Asked",
    "Issued",
    "Shared",
    "Wanted",
    "end_share",
    "file_of",
    "issue",
    "issue_for_person",
    "issue_proof",
    "look",
    "may_look",
    "share",
    "take",
]
