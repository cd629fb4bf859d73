"""Reviews of letters: opened by the clock, completed by the department, void when the letter is gone; missing papers settled."""

from commitments.actions.reviews.completing import Outcome, complete, complete_many
from commitments.actions.reviews.opening import open_due, sweep
from commitments.actions.reviews.shortfalls import settle_shortfall
from commitments.actions.reviews.voiding import void, void_of_letters, void_withdrawn

__all__ = [
    "Outcome",
    "complete",
    "complete_many",
    "open_due",
    "settle_shortfall",
    "sweep",
    "void",
    "void_of_letters",
    "void_withdrawn",
]
