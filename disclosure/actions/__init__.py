"""The verbs of disclosure: the only writers of its states. One file per group."""

from disclosure.actions.anchoring import anchor_faces
from disclosure.actions.annulments import held
from disclosure.actions.bulk import Outcome
from disclosure.actions.exemptions import exempt, reopen, state_performance, state_severity
from disclosure.actions.following import follower
from disclosure.actions.lowering import confirm, confirm_many, deny
from disclosure.actions.periods import read_moved_ends, recompute_periods
from disclosure.actions.prepare import Prepared, prepare
from disclosure.actions.published import correct, end, end_due, repair, restore, resume, suspend, withdraw
from disclosure.actions.publishing import publish, publish_approved, publish_many
from disclosure.actions.recalculation import due_days
from disclosure.actions.reminders import read_reminders, remind
from disclosure.actions.review import approve, approve_and_publish, approve_many, return_, submit, submit_many
from disclosure.actions.revisiting import revisit_exempt
from disclosure.actions.tallies import recount

__all__ = [
    "anchor_faces",
    "Outcome",
    "Prepared",
    "approve",
    "approve_and_publish",
    "approve_many",
    "confirm",
    "confirm_many",
    "correct",
    "deny",
    "due_days",
    "end",
    "end_due",
    "exempt",
    "follower",
    "held",
    "prepare",
    "publish",
    "publish_approved",
    "publish_many",
    "read_moved_ends",
    "read_reminders",
    "recompute_periods",
    "recount",
    "remind",
    "reopen",
    "repair",
    "restore",
    "resume",
    "return_",
    "revisit_exempt",
    "state_performance",
    "state_severity",
    "submit",
    "submit_many",
    "suspend",
    "withdraw",
]
