"""What the apps above add to the page of one disclosure. `disclosure` may not import them, so they register here in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from disclosure.models import Disclosure


@dataclass(frozen=True, slots=True)
class Extra:
    """One more part of the page: lines of label, text and address ("" = no link). Public data only."""

    title: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    note: str = ""


Provider = Callable[[Disclosure, date], Iterable[Extra]]
_providers: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """The app that owns a kind of information tells what else belongs to one of its disclosures."""
    _providers[kind] = provider


def extras_of(row: Disclosure, today: date) -> list[Extra]:
    """What else is said of a visible disclosure."""
    provider = _providers.get(row.kind)
    return list(provider(row, today)) if provider else []
