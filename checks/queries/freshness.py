"""How old the lists are that an answer was read from. A list that did not come in time says so; its last good state serves meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from checks.queries.hot import Cached
from sanctions.filed.models import FiledPublication
from sanctions.lists.models import CreditList


@dataclass(frozen=True, slots=True)
class Supply:
    """How a list comes in from elsewhere: when its last good state was read, and how many days may pass until the next."""

    code: str
    name: str
    read_at: datetime | None
    days: int

    def late(self, now: datetime) -> bool:
        """Whether it should have come again."""
        return self.read_at is None or now - self.read_at > timedelta(days=self.days)


Provider = Callable[[], list[Supply]]
_providers: list[Provider] = []
_cached: Cached[dict[str, Any]] = Cached()


def register_supplies(provider: Provider) -> None:
    """Who reads lists from elsewhere tells of them; lists that nobody tells of are kept here, and are always as of now."""
    if provider not in _providers:
        _providers.append(provider)


def supplies() -> list[Supply]:
    """All lists that come in from elsewhere."""
    return [each for provider in _providers for each in provider()]


def filed_lists() -> list[Supply]:
    """Lists that other authorities publish and that come in as files: of when the last one is that two people took in."""
    rows = (
        FiledPublication.objects.filter(confirmed_on__isnull=False)
        .values("list_code")
        .annotate(last=Max("confirmed_on"))
    )
    names = dict(CreditList.objects.values_list("code", "name"))
    return [
        Supply(row["list_code"], names.get(row["list_code"], ""), _at(row["last"]), settings.CHECKS_LIST_DAYS)
        for row in rows
    ]


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def freshness(on: date) -> dict[str, Any]:
    """What every answer says of its lists: how many are in force, of when the oldest state is, which are late and since when."""
    return _cached.get(on, lambda: _freshness(on))


def _freshness(on: date) -> dict[str, Any]:
    now = timezone.now()
    codes = set(CreditList.objects.in_force(on).values_list("code", flat=True))
    coming = [each for each in supplies() if each.code in codes]
    oldest = min((each.read_at for each in coming if each.read_at), default=now)
    return {
        "count": len(codes),
        "oldest": timezone.localtime(oldest).isoformat(timespec="seconds"),
        "late": [
            {"list": each.code, "name": each.name, "read_at": _moment(each.read_at)}
            for each in coming
            if each.late(now)
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
