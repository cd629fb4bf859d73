"""The rules of grading, without Django: schemes, tiers, models of our own."""

from supervision.grading.rules.tiers import LABELS, TONES, Decided, Known, Tier, decide

__all__ = ["LABELS", "TONES", "Decided", "Known", "Tier", "decide"]
