"""Pages of the administration, room by room."""

from sanctions.lists import admin as lists
from sanctions.measures import admin as measures

__all__ = ["lists", "measures"]
