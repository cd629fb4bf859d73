"""What the app above tells of the publication of records. `records` may not import it, so it registers here in AppConfig.ready().

publication.register(publications_of)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a record stands on its way to the public on a day; `public` tells whether the public sees it, `public_id` where."""

    state: str
    label: str
    public: bool
    public_id: str
    due_on: date
    published_on: date | None
    ends_on: date | None
    needs_correction: bool


Provider = Callable[[Collection[int], date], Mapping[int, Publication]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; twice the same is once."""
    if provider not in _providers:
        _providers.append(provider)


def publications(record_ids: Collection[int], on: date) -> dict[int, Publication]:
    """The publication of each record that has one; asks every provider once."""
    found: dict[int, Publication] = {}
    for provider in _providers:
        found |= provider(record_ids, on)
    return found
