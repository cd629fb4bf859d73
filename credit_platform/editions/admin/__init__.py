"""Lists that come in editions, in the administration."""

from credit_platform.editions.admin.lists import EditionAdmin, EntryAdmin, EntryForm, NamedOnceAdmin, is_draft

__all__ = ["EditionAdmin", "EntryAdmin", "EntryForm", "NamedOnceAdmin", "is_draft"]
