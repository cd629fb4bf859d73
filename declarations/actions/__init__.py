"""The verbs of voluntary declarations (哈政办规〔2020〕12号 no. 13)."""

from declarations.actions.attachments import attach, look
from declarations.actions.company import confirm, save, submit, withdraw
from declarations.actions.desk import accept, return_, strike
from declarations.actions.reports import answer, contact_of, report

__all__ = [
    "accept",
    "answer",
    "attach",
    "confirm",
    "contact_of",
    "look",
    "report",
    "return_",
    "save",
    "strike",
    "submit",
    "withdraw",
]
