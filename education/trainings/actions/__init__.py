"""The verbs of sessions: planned, announced to who is invited, attended, confirmed by another."""

from education.trainings.actions.attending import accept, close, enter, hold, return_, strike
from education.trainings.actions.planning import announce, cancel, plan

__all__ = ["accept", "announce", "cancel", "close", "enter", "hold", "plan", "return_", "strike"]
