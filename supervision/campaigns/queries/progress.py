"""What became of targets: read from 约谈, 整改 and repairs, and from what was entered with a paper; figures by month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from repair.models import RepairCase
from sanctions.corrections.models import CorrectionCase
from sanctions.corrections.rules import CorrectionState
from supervision.campaigns.models import CampaignCase, Handling, Target, TargetList
from supervision.campaigns.rules import PROGRESS_LABELS, Month, Progress, months

CORRECTED = (CorrectionState.CORRECTED.value, CorrectionState.SETTLED.value)


def moments(listing: TargetList, on: date) -> dict[Progress, list[QuerySet[Any, tuple[int, date]]]]:
    """By progress the queries of (target, day) from the campaign's first day through `on`. What was done before it belongs to no campaign."""
    corrections = CorrectionCase.objects.filter(found__targets__target_list=listing)
    repairs = RepairCase.objects.filter(disclosure__record__targets__target_list=listing, undone_on__isnull=True)
    entered = Handling.objects.counted().filter(target__target_list=listing)
    there = F("found__targets__pk")
    sources: dict[Progress, list[tuple[QuerySet[Any], str, F]]] = {
        Progress.NOTIFIED: [
            (entered.filter(progress=Progress.NOTIFIED), "on", F("target_id")),
            (corrections, "case__hearing__served_on", there),
        ],
        Progress.INTERVIEWED: [(corrections & CorrectionCase.objects.talked(), "talk_held_on", there)],
        Progress.CORRECTED: [(corrections.filter(case__state__in=CORRECTED), "rechecked_on", there)],
        Progress.REPAIRED: [(repairs, "granted_on", F("disclosure__record__targets__pk"))],
        Progress.TRANSFERRED: [(entered.filter(progress=Progress.TRANSFERRED), "on", F("target_id"))],
    }
    span = (listing.campaign.starts_on, on)
    return {
        progress: [
            rows.filter(**{f"{day}__range": span}).order_by().annotate(whose=whose).values_list("whose", day)
            for rows, day, whose in parts
        ]
        for progress, parts in sources.items()
    }


def first_days(listing: TargetList, on: date, among: Collection[int] | None = None) -> dict[Progress, dict[int, date]]:
    """By progress the first day of each target that came to it, of the whole list or of the keys `among`; a fixed number of queries whatever
    the size."""
    own = set(listing.targets.values_list("pk", flat=True) if among is None else among)
    found: dict[Progress, dict[int, date]] = {}
    for progress, parts in moments(listing, on).items():
        days: dict[int, date] = {}
        asked = parts if among is None else [rows.filter(whose__in=own) for rows in parts]
        for target, day in (pair for rows in asked for pair in rows):
            if target in own:
                days[target] = min(day, days.get(target, day))
        found[progress] = days
    return found


def came_to(listing: TargetList, progress: Progress, on: date) -> set[int]:
    """The targets of a list that have come to a progress."""
    return set(first_days(listing, on)[progress])


@dataclass(frozen=True, slots=True)
class Figures:
    """A campaign in numbers: its targets, how many came to each progress, month by month."""

    size: int
    totals: Mapping[Progress, int]
    months: list[Month]

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """Words and numbers, in the order of progress."""
        return [(PROGRESS_LABELS[each], self.totals[each]) for each in Progress]


def figures(campaign: CampaignCase, on: date) -> Figures | None:
    """The figures of a campaign through a day, or through the day on which it was closed; None without an approved list."""
    listing = campaign.approved_list
    if listing is None:
        return None
    until = min(campaign.case.closed_on or on, on)
    days = {progress: list(each.values()) for progress, each in first_days(listing, until).items()}
    lines = months(days, since=min(campaign.starts_on, until), until=until)
    return Figures(listing.size, {each: len(days[each]) for each in Progress}, lines)


def with_progress(targets: list[Target], listing: TargetList, on: date) -> list[tuple[Target, list[tuple[str, date]]]]:
    """Targets of a page, each with what it came to and when."""
    days = first_days(listing, on, [row.pk for row in targets])
    return [
        (row, [(PROGRESS_LABELS[each], days[each][row.pk]) for each in Progress if row.pk in days[each]])
        for row in targets
    ]
