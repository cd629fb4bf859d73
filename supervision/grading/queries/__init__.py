"""Answers about tiers and grades."""

from supervision.grading.queries.tiers import decided, tiers_of

__all__ = ["decided", "tiers_of"]
