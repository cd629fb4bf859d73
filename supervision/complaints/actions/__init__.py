"""The door of the importer, what follows the ledger, and the look at a report of a violation."""

from supervision.complaints.actions.door import ComplaintDoor
from supervision.complaints.actions.following import follower
from supervision.complaints.actions.opening import open_report

__all__ = ["ComplaintDoor", "follower", "open_report"]
