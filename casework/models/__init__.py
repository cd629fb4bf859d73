"""What is being handled: one table of cases, and what belongs to a case."""

from casework.models.attachments import Attachment
from casework.models.cases import Case, CaseNumber, CaseQuerySet
from casework.models.clocks import ClockPause, ClockProfile
from casework.models.draws import Draw, DrawQuerySet
from casework.models.hearings import Hearing
from casework.models.notices import Message, Notice
from casework.models.supervision import Urging
from casework.models.tips import Tip

__all__ = [
    "Attachment",
    "Case",
    "CaseNumber",
    "CaseQuerySet",
    "ClockPause",
    "ClockProfile",
    "Draw",
    "DrawQuerySet",
    "Hearing",
    "Message",
    "Notice",
    "Tip",
    "Urging",
]
