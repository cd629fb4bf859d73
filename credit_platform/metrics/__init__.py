"""Figures for operators: what was asked and how long it took, what waits, what falls due, and who is alive."""
