"""Correction by a last day, and the talk with whoever has not corrected in time (整改、提示约谈、警示约谈)."""
