"""What the apps above show on a company's home page and in its menu. `companies` may not import them, so they register here.

home.register(sections_of)                                   # sections_of(account, on) -> list[Section]
home.add_link("我的办件", "<app>:mine", order=20)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from companies.models import CompanyAccount


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, where it leads, what is to be done and by when."""

    title: str
    url: str
    note: str = ""
    tag: str = ""
    tone: str = "neutral"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the home page. `due=True`: its rows fall due and stand on top, with those of the other apps."""

    title: str
    rows: list[Row] = field(default_factory=list)
    url: str = ""
    more: str = ""
    empty_text: str = ""
    due: bool = False
    order: int = 100


Provider = Callable[[CompanyAccount, date], list[Section]]
_providers: list[Provider] = []
_links: dict[str, tuple[int, str]] = {}


def register(provider: Provider) -> None:
    """Add a provider; twice the same is once."""
    if provider not in _providers:
        _providers.append(provider)


def add_link(label: str, url_name: str, *, order: int = 100) -> None:
    """Add an entry to the menu of companies' pages."""
    _links[url_name] = (order, label)


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What falls due first, all of it under the heading of the first that has such rows; then the others in their order."""
    found = sorted((each for provider in _providers for each in provider(account, on)), key=lambda each: each.order)
    due = [each for each in found if each.due]
    first = [replace(due[0], rows=[row for each in due for row in each.rows])] if due else []
    return first + [each for each in found if not each.due]


def links(path: str) -> list[tuple[str, str, bool]]:
    """The menu: label, address, and whether it is where one is."""
    home = reverse("companies:home")
    entries = [("我的账户", home)]
    entries += [(label, reverse(name)) for name, (_, label) in sorted(_links.items(), key=lambda each: each[1])]
    return [
        (label, address, path == address if address == home else path.startswith(address)) for label, address in entries
    ]
