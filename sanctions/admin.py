"""Pages of the administration, room by room."""

from sanctions.measures import admin as measures

__all__ = ["measures"]
