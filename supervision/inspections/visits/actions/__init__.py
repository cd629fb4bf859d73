"""The verbs of a visit, from its opening to its end."""

from supervision.inspections.visits.actions.following import close, follow, settle
from supervision.inspections.visits.actions.inspecting import enter, inspect
from supervision.inspections.visits.actions.notifying import notify, skip
from supervision.inspections.visits.actions.opening import look_at, open_drawn, open_outside
from supervision.inspections.visits.actions.recusing import recuse, rule
from supervision.inspections.visits.actions.reviewing import publish, review, send_back

__all__ = [
    "close",
    "enter",
    "follow",
    "inspect",
    "look_at",
    "notify",
    "open_drawn",
    "open_outside",
    "publish",
    "recuse",
    "review",
    "rule",
    "send_back",
    "settle",
    "skip",
]
