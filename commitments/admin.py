"""Lists, texts and measures in the administration."""

from commitments.lists.admin import lists, texts

__all__ = ["lists", "texts"]
