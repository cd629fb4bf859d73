"""What happens to a published item: correction, suspension, withdrawal, end, repair."""

from disclosure.actions.published.correcting import correct, retimed
from disclosure.actions.published.ending import EXPIRED, end, end_due, repair, restore
from disclosure.actions.published.suspending import resume, suspend
from disclosure.actions.published.withdrawing import withdraw, withdrawn

__all__ = [
    "EXPIRED",
    "correct",
    "end",
    "end_due",
    "repair",
    "restore",
    "resume",
    "retimed",
    "suspend",
    "withdraw",
    "withdrawn",
]
