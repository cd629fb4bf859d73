"""Tables of commitments."""

from commitments.letters.models.attachments import Attachment
from commitments.letters.models.letters import CommitmentLetter
from commitments.letters.models.signing import Signature
from commitments.lists.models import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.reviews.models import Review

# Last: it stands on the tables above.
from commitments.breaches.models import BreachCase, BreachMeasure  # isort: skip

__all__ = [
    "BreachCase",
    "BreachMeasure",
    "CommitmentLetter",
    "LetterTemplate",
    "Matter",
    "MatterEntry",
    "MatterList",
    "Measure",
    "Attachment",
    "Review",
    "Signature",
]
