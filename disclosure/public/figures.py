"""Figures of the home page and the footer: cheap at any size, so that no visit counts the table.

Per kind, up to a cap, the index is counted; beyond it the last exact count of the clock (`refresh_totals`) is shown, or "10,000+".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from credit_platform.web.keyset import COUNT_CAP, CappedCount, capped_count
from disclosure.kinds import TIMED
from disclosure.models import Disclosure, DisclosureChange
from disclosure.own_kinds import ACTS
from disclosure.queries.public import live_figures

T = TypeVar("T")

FIGURES_FOR = 60
TOTALS_FOR = 24 * 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home page tells: published today, and shown now by kind; `acts` are the eight other acts together."""

    today: int
    permits: CappedCount
    penalties: CappedCount
    acts: CappedCount


def home_figures(day: date) -> Figures:
    """The figures of a day, kept for a minute."""
    return _kept("home", day, FIGURES_FOR, lambda: _figures(day))


def refresh_totals(day: date) -> dict[str, int]:
    """Count everything that is shown, by kind, once for all visitors: one query over the table, called by the clock."""
    totals = live_figures(day)
    cache.set(_key("totals", day), totals, TOTALS_FOR)
    return totals


def data_as_of() -> datetime | None:
    """When the public site last changed: the latest publication, correction or end."""

    def last_change() -> datetime | None:
        newest = DisclosureChange.objects.order_by("-pk").values_list("at", flat=True).first()
        return timezone.localtime(newest) if newest else None

    return _kept("as-of", timezone.localdate(), FIGURES_FOR, last_change)


def _figures(day: date) -> Figures:
    totals: dict[str, int] = cache.get(_key("totals", day)) or {}
    acts = [f"act-{act}" for act in ACTS]
    # A day's publications are one short range of the index of each kind.
    today = Disclosure.objects.visible_on(day).filter(kind__in=list(TIMED), published_on=day, on_entry=False)
    return Figures(
        today=today.order_by().count(),
        permits=_shown(day, ["permit"], totals),
        penalties=_shown(day, ["penalty"], totals),
        acts=_shown(day, acts, totals),
    )


def _shown(day: date, kinds: list[str], totals: dict[str, int]) -> CappedCount:
    counted = capped_count(Disclosure.objects.visible_on(day).filter(kind__in=kinds), COUNT_CAP)
    known = sum(totals.get(kind, 0) for kind in kinds)
    return CappedCount(known) if counted.more and known > COUNT_CAP else counted


def _kept(name: str, day: date, seconds: int, make: Callable[[], T]) -> T:
    """A value from the cache; one of a day is never shown on another."""
    return cast(T, cache.get_or_set(_key(name, day), make, seconds))


def _key(name: str, day: date) -> str:
    # One Redis may serve several databases (a demonstration beside the real one).
    return f"public:{connection.settings_dict['NAME']}:{name}:{day}"
