"""The verbs of an objection. Everything that writes one is here."""

from objections.actions.answering import appeal, decide, settle
from objections.actions.contests import end_contest, enter_contest
from objections.actions.filing import file
from objections.actions.lodging import confirm, contact_of, lapse, lodge, summon
from objections.actions.receiving import accept, add, ask, forward, refuse_it, retract, supply
from objections.actions.verifying import answer, extend, tell_silent

__all__ = [
    "accept",
    "add",
    "answer",
    "appeal",
    "ask",
    "confirm",
    "contact_of",
    "decide",
    "end_contest",
    "enter_contest",
    "extend",
    "file",
    "forward",
    "lapse",
    "lodge",
    "refuse_it",
    "retract",
    "settle",
    "summon",
    "supply",
    "tell_silent",
]
