"""The verbs of the window, the register and the review."""

from lookups.actions.asking import Visit, answered, ask
from lookups.actions.authorising import end_authorisation, keep_authorisation
from lookups.actions.copying import hand_copy
from lookups.actions.telling import confirm_hold, decline_hold, hold_back

__all__ = [
    "Visit",
    "answered",
    "ask",
    "confirm_hold",
    "decline_hold",
    "end_authorisation",
    "hand_copy",
    "hold_back",
    "keep_authorisation",
]
