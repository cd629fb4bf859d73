"""Tables of commitments."""

from commitments.models.breaches import BreachCase, BreachMeasure
from commitments.models.declarations import Declaration, DeclarationReport
from commitments.models.letters import Letter
from commitments.models.matters import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.models.papers import Paper
from commitments.models.reports import BreachReport
from commitments.models.reviews import Review, ReviewDraw, ReviewReminder
from commitments.models.signing import Signature

__all__ = [
    "BreachCase",
    "BreachMeasure",
    "BreachReport",
    "Declaration",
    "DeclarationReport",
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
