"""The list of matters, the texts of letters and the measures in the administration; every change goes through the actions."""

from commitments.admin.lists import ListAdmin, MatterAdmin, MatterEntryAdmin
from commitments.admin.texts import MeasureAdmin, TemplateAdmin

__all__ = ["ListAdmin", "MatterAdmin", "MatterEntryAdmin", "MeasureAdmin", "TemplateAdmin"]
