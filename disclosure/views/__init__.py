"""Desk pages of the procedure."""
