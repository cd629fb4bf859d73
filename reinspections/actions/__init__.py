"""The verbs of re-inspections: begun by a draw, inspected by one, confirmed and corrected by another."""

from reinspections.actions.inspecting import confirm, deny, inspect
from reinspections.actions.sampling import SAMPLING, begin

__all__ = ["SAMPLING", "begin", "confirm", "deny", "inspect"]
