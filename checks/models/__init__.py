"""Matters that are checked, checks and their outcomes."""

from checks.models.checks import Check, CheckQuerySet, Outcome
from checks.models.matters import CheckMatter

__all__ = ["Check", "CheckMatter", "CheckQuerySet", "Outcome"]
