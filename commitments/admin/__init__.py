"""The list of matters, the texts of letters and the measures in the administration; every change goes through the actions."""

from commitments.admin.lists import EntryAdmin, ListAdmin, MatterAdmin
from commitments.admin.texts import MeasureAdmin, TemplateAdmin

__all__ = ["EntryAdmin", "ListAdmin", "MatterAdmin", "MeasureAdmin", "TemplateAdmin"]
