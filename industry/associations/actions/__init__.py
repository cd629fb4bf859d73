"""The verbs of associations: authorised by two, members admitted, records entered, consented to, appealed against."""

from industry.associations.actions.authorising import authorise, discard, draft, end
from industry.associations.actions.keeping import admit, enter, release, uphold, withdraw
from industry.associations.actions.speaking import appeal, consent, hide

__all__ = [
    "admit",
    "appeal",
    "authorise",
    "consent",
    "discard",
    "draft",
    "end",
    "enter",
    "hide",
    "release",
    "uphold",
    "withdraw",
]
