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
_of_every_kind: list[Provider] = []


def register(kind: str, provider: Provider) -> None:
    """The app that owns a kind of information tells what else belongs to one of its disclosures."""
    _providers[kind] = provider


def register_for_every_kind(provider: Provider) -> None:
    """What an app says of disclosures whatever their kind, after what belongs to the kind; twice the same is once."""
    if provider not in _of_every_kind:
        _of_every_kind.append(provider)


def extras_of(row: Disclosure, today: date) -> list[Extra]:
    """What else is said of a visible disclosure."""
    own = _providers.get(row.kind)
    providers = [*([own] if own else []), *_of_every_kind]
    return [extra for provider in providers for extra in provider(row, today)]
