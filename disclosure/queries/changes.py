"""The change feed: gapless numbers in the order of commit."""

from __future__ import annotations

from disclosure.models import DisclosureChange


def changes(after: int = 0, limit: int = 500) -> list[DisclosureChange]:
    """Events with a number greater than `after`, in order, with their disclosures; pending events are numbered first.

    What may be shown of a disclosure is asked of `public_disclosures` for the day, never of the event.
    """
    DisclosureChange.objects.number_pending()
    return list(DisclosureChange.objects.after(after).select_related("disclosure")[:limit])
