"""The verbs of an objection. Everything that writes one is here."""

from objections.actions.answering import appeal, decide, settle
from objections.actions.filing import accept, ask, file, forward, refuse_it, retract, supply
from objections.actions.verifying import answer, extend, tell_silent

__all__ = [
    "accept",
    "answer",
    "appeal",
    "ask",
    "decide",
    "extend",
    "file",
    "forward",
    "refuse_it",
    "retract",
    "settle",
    "supply",
    "tell_silent",
]
