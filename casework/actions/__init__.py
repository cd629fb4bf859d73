"""The verbs that every case shares; a procedure's own verbs are written with `step`."""

from casework.actions.attachments import attach, look
from casework.actions.hearing import hear, notify, respond, serve
from casework.actions.opening import open_case, tracking_code
from casework.actions.step import At, step

__all__ = ["At", "attach", "hear", "look", "notify", "open_case", "respond", "serve", "step", "tracking_code"]
