"""Rules with their runs, alerts with their facts, and the verifications that follow."""

from supervision.alerts.models.alerts import AlertCase, AlertFact, VerificationCase
from supervision.alerts.models.ruling import AlertRule, Backtest, Firing, Miss
from supervision.alerts.models.runs import Digest, Sweep, SweepLine

__all__ = [
    "AlertCase",
    "AlertFact",
    "AlertRule",
    "Backtest",
    "Digest",
    "Firing",
    "Miss",
    "Sweep",
    "SweepLine",
    "VerificationCase",
]
