"""Reports are issued, shared and disposed of."""

from reports.actions.disposing import dispose_past_keeping
from reports.actions.issuing import Asked, Issued, Wanted, file_of, issue, issue_proof
from reports.actions.sharing import Shared, end_share, share, take

__all__ = [
    "Asked",
    "Issued",
    "Shared",
    "Wanted",
    "dispose_past_keeping",
    "end_share",
    "file_of",
    "issue",
    "issue_proof",
    "share",
    "take",
]
