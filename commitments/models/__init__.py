"""Tables of commitments."""

from commitments.models.letters import Letter
from commitments.models.matters import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.models.papers import Paper
from commitments.models.reviews import Review, ReviewDraw, ReviewReminder
from commitments.models.signing import Signature

# Last: it stands on the tables above.
from commitments.breaches.models import BreachCase, BreachMeasure  # isort: skip

__all__ = [
    "BreachCase",
    "BreachMeasure",
    "Letter",
    "LetterTemplate",
    "Matter",
    "MatterEntry",
    "MatterList",
    "Measure",
    "Paper",
    "Review",
    "ReviewDraw",
    "ReviewReminder",
    "Signature",
]
