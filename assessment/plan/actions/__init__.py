"""The verbs of tasks: assigned, answered with evidence, looked at again by chance; contacts and documents of a department."""

from assessment.plan.actions.assigning import assign, end_assignment
from assessment.plan.actions.checking import SAMPLING, begin, confirm, deny, inspect
from assessment.plan.actions.evidence import accept, resubmit, send_back, submit, withdraw
from assessment.plan.actions.naming import change_document, list_document, name_contact

__all__ = [
    "SAMPLING",
    "accept",
    "assign",
    "begin",
    "change_document",
    "confirm",
    "deny",
    "end_assignment",
    "inspect",
    "list_document",
    "name_contact",
    "resubmit",
    "send_back",
    "submit",
    "withdraw",
]
