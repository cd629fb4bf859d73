"""Breach cases: candidate, notice, service, statement, finding by a second person, decision, annulment. Never automatic."""

from commitments.actions.breaches.candidates import dismiss, open_candidate, shortfall_candidates
from commitments.actions.breaches.deadlines import hearing_days
from commitments.actions.breaches.deciding import annul, decide
from commitments.actions.breaches.hearing import find, hear, notify, serve

__all__ = [
    "annul",
    "decide",
    "dismiss",
    "find",
    "hear",
    "hearing_days",
    "notify",
    "open_candidate",
    "serve",
    "shortfall_candidates",
]
