"""Our own readers: every public id on the faces that everybody sees must be visible today; what stopped must be nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from random import SystemRandom
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from disclosure import kinds
from disclosure.models import Disclosure, DisclosureChange
from disclosure.public.sitemaps import SPAN
from disclosure.queries.public import public_disclosures
from disclosure.rules.states import State
from patrols.outsider import Answer, Outsider
from patrols.readers import Exposure, Reader
from patrols.rules import had_time, public_ids_in

RECENT, OLDER = 60, 20
"""Of what stopped: so many of the latest, and so many of any age, by chance."""
TAIL = 200
STOPPED = (State.REPAIRED, State.WITHDRAWN, State.SUSPENDED, State.ENDED)


def faces() -> list[str]:
    """What everybody sees first: pages, lists, feeds, the interface, the newest site maps."""
    found = [reverse("public:home"), reverse("public:api-disclosures")]
    for code in kinds.TIMED:
        found += [kinds.list_address(code), reverse("public:feed", args=[code])]
    highest = Disclosure.objects.aggregate(highest=Max("pk"))["highest"] or 0
    found.append(_site_map(highest))
    last = DisclosureChange.objects.aggregate(last=Max("number"))["last"] or 0
    found.append(f"{reverse('public:api-changes')}?{urlencode({'after': max(0, last - TAIL)})}")
    return found


def read_wide(outsider: Outsider, on: date) -> Iterator[Exposure]:
    """Every public id that the faces name and that is not visible on a day."""
    for address in faces():
        answer = outsider.get(address)
        named = _fields_of_feed(answer.text) if address.startswith(reverse("public:api-changes")) else answer.text
        yield from hidden_on(answer, public_ids_in(named), on)


def hidden_on(answer: Answer, ids: Iterable[str], on: date) -> Iterator[Exposure]:
    """Those among the ids of an answer that the public must not see on a day, and had time to go."""
    ids = set(ids)
    visible = set(public_disclosures(on).filter(public_id__in=ids).values_list("public_id", flat=True))
    stopped = dict(Disclosure.objects.filter(public_id__in=ids - visible).values_list("public_id", "updated_at"))
    for public_id in sorted(ids - visible):
        if public_id not in stopped:
            yield Exposure(answer.address, public_id, "公示编号不存在，仍列在公开页面上。")
        elif had_time(stopped[public_id], answer.asked_at):
            yield Exposure(answer.address, public_id, "已停止公示，仍列在公开页面上。")


def read_stopped(outsider: Outsider, on: date) -> Iterator[Exposure]:
    """What stopped lately, and some of what stopped long ago: each looked for wherever it once was."""
    for row in stopped_items(on):
        yield from look_for(row, outsider)


def stopped_items(on: date) -> list[Disclosure]:
    """The latest that stopped, and a few of any age by chance; natural persons' too."""
    events = DisclosureChange.objects.filter(event=DisclosureChange.Event.ENDED).order_by("-pk")
    latest = list(dict.fromkeys(events.values_list("disclosure_id", flat=True)[: RECENT * 2]))[:RECENT]
    highest = Disclosure.objects.aggregate(highest=Max("pk"))["highest"] or 0
    start = SystemRandom().randint(0, highest)
    stopped = Disclosure.objects.filter(state__in=STOPPED, published_on__isnull=False).order_by("pk")
    older = list(stopped.filter(pk__gte=start).values_list("pk", flat=True)[:OLDER])
    rows = Disclosure.objects.filter(pk__in={*latest, *older}).exclude(
        pk__in=public_disclosures(on).filter(pk__in=latest).values("pk")
    )
    return list(rows.order_by("pk"))


def look_for(row: Disclosure, outsider: Outsider) -> Iterator[Exposure]:
    """One item that stopped, at each place where an outsider could meet it."""
    if not had_time(row.updated_at, timezone.now()):
        return
    for address in (
        reverse("public:disclosure", args=[row.public_id]),
        reverse("public:api-disclosure", args=[row.public_id]),
    ):
        answer = outsider.get(address)
        if answer.status == 200:
            yield Exposure(answer.address, row.public_id, "已停止公示，页面仍能打开。")
    for address in places(row):
        answer = outsider.get(address)
        text = _fields_of_feed(answer.text) if "changes" in address else answer.text
        if row.public_id in text:
            yield Exposure(answer.address, row.public_id, "已停止公示，仍能查到。")


def places(row: Disclosure) -> list[str]:
    """Where an item would be listed: search, its subject, list and file by its number, feed, interface, change feed, site map."""
    found = [_with(reverse("public:search"), q=row.document_number)]
    if row.subject_code:
        found += [reverse(name, args=[row.subject_code]) for name in ("public:subject", "public:api-subject")]
    if address := kinds.list_address(row.kind):
        found += [_with(address, q=row.document_number), _with(address, q=row.document_number, export="csv")]
    if row.kind in kinds.TIMED:
        found.append(_with(reverse("public:feed", args=[row.kind]), q=row.document_number))
    found.append(_with(reverse("public:api-disclosures"), document_number=row.document_number))
    event = row.changes.filter(number__isnull=False).order_by("-number").first()
    if event is not None and event.number:
        found.append(_with(reverse("public:api-changes"), after=event.number - 1, limit=1))
    return [*found, _site_map(row.pk)]


def _site_map(pk: int) -> str:
    return reverse("public:sitemap-file", args=["disclosures", pk // SPAN])


def _with(address: str, **params: object) -> str:
    return f"{address}?{urlencode(params)}"


def _fields_of_feed(text: str) -> str:
    """The change feed names by id what ended, that is what it is for; only what it still shows of an item counts."""
    try:
        rows: Sequence[dict[str, object]] = json.loads(text)["results"]
    except (ValueError, KeyError):
        return text
    return json.dumps([row.get("disclosure") for row in rows], ensure_ascii=False)


WIDE = Reader("faces", "公开页面、列表、订阅和接口", read_wide)
STOPPED_ITEMS = Reader("stopped", "已停止公示的事项", read_stopped)
