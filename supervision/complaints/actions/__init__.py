"""The door of the importer, the form of the desk, what follows the ledger, and the look at a report of a violation."""

from supervision.complaints.actions.door import ComplaintDoor
from supervision.complaints.actions.entering import enter
from supervision.complaints.actions.following import follower
from supervision.complaints.actions.opening import open_report

__all__ = ["ComplaintDoor", "enter", "follower", "open_report"]
