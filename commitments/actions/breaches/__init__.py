"""Breach cases: candidate, notice, service, statement, finding by a second person, decision, annulment. Never automatic."""

from commitments.actions.breaches.candidates import dismiss, open_candidate, shortfall_candidates
from commitments.actions.breaches.deadlines import hearing_days
from commitments.actions.breaches.deciding import annul, decide
from commitments.actions.breaches.hearing import find, hear, notify, serve, speak
from commitments.actions.breaches.reporting import Reported, open_reported, reporter_of

__all__ = [
    "Reported",
    "annul",
    "decide",
    "dismiss",
    "find",
    "hear",
    "hearing_days",
    "notify",
    "open_candidate",
    "open_reported",
    "reporter_of",
    "serve",
    "shortfall_candidates",
    "speak",
]
