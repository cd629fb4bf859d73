"""The verbs of a repair. Everything that writes one is here."""

from repair.actions.applying import Application, Letter, accept, against, apply, ask, refuse_it, retract, supply
from repair.actions.ending import end
from repair.actions.handling import extend, grant, reject, review, verify
from repair.actions.shielding import complete, follow, free, lapse, shield
from repair.actions.undoing import clear, hear, notify, respond, serve, undo

__all__ = [
    "Application",
    "Letter",
    "accept",
    "against",
    "apply",
    "ask",
    "clear",
    "complete",
    "end",
    "extend",
    "follow",
    "free",
    "grant",
    "hear",
    "lapse",
    "notify",
    "refuse_it",
    "reject",
    "respond",
    "retract",
    "review",
    "serve",
    "shield",
    "supply",
    "undo",
    "verify",
]
