"""The verbs of a use."""

from reports.uses.actions.answering import AtWindow, consent, consent_on_paper, decline, revoke
from reports.uses.actions.asking import ask, lapse, take, withdraw

__all__ = ["AtWindow", "ask", "consent", "consent_on_paper", "decline", "lapse", "revoke", "take", "withdraw"]
