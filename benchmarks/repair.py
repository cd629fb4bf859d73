"""A repair's effect on every face: the item hidden, the feed, checks reckoned anew, a delivery for each reader; one by one, and a thousand."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

from django.utils import timezone

from benchmarks.measure import Book, Figure
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import ApiClient, Department
from credit_platform.accounts.models.clients import hash_key
from credit_platform.audit.context import acting
from deliveries.models import Delivery
from disclosure.actions import repair
from disclosure.models import Disclosure, DisclosureChange
from disclosure.public import readers

READERS, SINGLE, MANY = 10, 200, 1000
AIM_MS, AIM_MANY_S = 100.0, 10.0


def run(book: Book) -> None:
    """Ten systems read the feed; each repair makes a delivery for every one of them, in its own transaction."""
    _readers()
    items = _repairable(SINGLE + MANY)
    took = []
    for item in items[:SINGLE]:
        begin = time.perf_counter()
        repair(item, by=SYSTEM, reason="测量")
        took.append((time.perf_counter() - begin) * 1000)
    p95 = statistics.quantiles(took, n=20)[-1]
    book.add(
        Figure(
            "repair", f"{len(took):,} repairs one by one", statistics.median(took), p95, len(took),
            aim=f"p95 < {AIM_MS:.0f} ms", reached=p95 < AIM_MS, note=f"each with {READERS} deliveries, checks and feed",
        )
    )  # fmt: skip
    rest, before = items[SINGLE:], Delivery.objects.count()
    begin = time.perf_counter()
    with acting(SYSTEM):
        for item in rest:
            repair(item, by=SYSTEM, reason="测量")
    whole = (time.perf_counter() - begin) * 1000
    made = Delivery.objects.count() - before
    book.add(
        Figure(
            "repair", f"{len(rest):,} repairs in one transaction", whole, whole, len(rest),
            aim=f"{AIM_MANY_S:.0f} s", reached=whole < AIM_MANY_S * 1000, note=f"{made:,} deliveries",
        )
    )  # fmt: skip
    begin = time.perf_counter()
    DisclosureChange.objects.number_pending()
    last = DisclosureChange.objects.order_by("-number").values_list("number", flat=True)[0] or 0
    client = ApiClient.objects.get(name="bench reader 0")
    readers.tell(client, readers.FEED, after=last, last=last)
    acknowledged = (time.perf_counter() - begin) * 1000
    note = f"{Delivery.objects.of_client(client).count():,} deliveries"
    book.add(Figure("repair", "one reader acknowledges all by reading on", acknowledged, acknowledged, 1, note=note))


def _readers() -> None:
    department = Department.objects.order_by("pk")[0]
    for n in range(READERS):
        given = {
            "department": department,
            "prefix": f"benchreader{n}",
            "key_hash": hash_key(f"reader {n}"),
            "scopes": ["records.read"],
        }
        client, _ = ApiClient.objects.get_or_create(name=f"bench reader {n}", defaults=given)
        readers.tell(client, readers.FEED)


def _repairable(count: int) -> list[Disclosure]:
    """Published penalties of today's city whose first day has come; the city is changed by the measurement."""
    on = timezone.localdate()
    rows = Disclosure.objects.visible_on(on).filter(kind="penalty", state="published").order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:count])
    Disclosure.objects.filter(pk__in=ids).update(earliest_repair_on=on - timedelta(days=1))
    return list(Disclosure.objects.filter(pk__in=ids).order_by("pk"))
