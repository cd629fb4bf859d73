"""The administration of inspections, room by room."""

from supervision.inspections.items import admin as items
from supervision.inspections.libraries import admin as libraries
from supervision.inspections.plans import admin as plans

__all__ = ["items", "libraries", "plans"]
