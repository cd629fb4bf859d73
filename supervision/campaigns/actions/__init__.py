"""The verbs of campaigns: begun, frozen, approved, closed; what was entered about a target; example texts."""

from supervision.campaigns.actions.examples import publish, withdraw, write
from supervision.campaigns.actions.handling import enter, look_at, take_back
from supervision.campaigns.actions.listing import approve, deny, freeze
from supervision.campaigns.actions.steps import cancel, close, open_campaign

__all__ = [
    "approve",
    "cancel",
    "close",
    "deny",
    "enter",
    "freeze",
    "look_at",
    "open_campaign",
    "publish",
    "take_back",
    "withdraw",
    "write",
]
