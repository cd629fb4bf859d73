"""Tables of sanctions, room by room."""

from sanctions.lists.models import CreditList, ListEntry

__all__ = ["CreditList", "ListEntry"]
