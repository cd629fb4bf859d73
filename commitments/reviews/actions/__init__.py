"""Reviews of letters: opened by the clock, completed by the department, void when the letter is gone; missing papers settled."""

from commitments.reviews.actions.completing import Outcome, complete, complete_many
from commitments.reviews.actions.opening import open_due, sweep
from commitments.reviews.actions.shortfalls import settle_shortfall
from commitments.reviews.actions.voiding import void, void_of_letters, void_withdrawn

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
