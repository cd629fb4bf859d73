"""First review days and days for missing papers move with the calendar: a yearly notice that is loaded later recomputes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from commitments.letters.models.letters import LetterQuerySet
from commitments.lists.queries.register import cycle_of
from commitments.models import CommitmentLetter, Review
from commitments.reviews.rules.cycles import FirstDays, first_days
from commitments.rules.kinds import ReviewKind
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.registry import Moved
from credit_platform.workdays.rules import Calendar, affected_span

LONGEST_SPAN = timedelta(days=366)
"""Periods of the list are shorter than a year, holidays included."""
CHUNK = 1000
WRITTEN = ["next_review_on", "review_provisional", "shortfall_due_on", "updated_at"]


class FirstReviewDays:
    """The holder registered in AppConfig.ready(): letters that nobody has looked at yet."""

    label = "承诺书首次复核与补正期限"

    def preview(self, old: Calendar, new: Calendar) -> Iterable[Moved]:
        """What would move, or would no longer be provisional."""
        for letter, days in _changed(_waiting(old, new), new):
            before = letter.next_review_on or days.review_on
            if before is not None and days.review_on is not None:
                yield Moved(f"承诺书 {letter.code}", before, days.review_on)

    def recompute(self, old: Calendar, new: Calendar, *, by: Actor) -> int:
        """Write the new days; how many letters changed. Reviews that are open already keep the day they were opened for."""
        policy.require(by, "calendar.manage")
        members: list[int] = []
        with acting(by):
            rows: list[CommitmentLetter] = []
            for letter, days in _changed(_waiting(old, new).select_for_update(of=("self",)), new):
                letter.next_review_on, letter.review_provisional = days.review_on, days.provisional
                letter.shortfall_due_on, letter.updated_at = days.shortfall_on, timezone.now()
                rows.append(letter)
                members.append(letter.pk)
            CommitmentLetter.objects.bulk_update(rows, WRITTEN, batch_size=CHUNK)
            if members:
                audit.record("commitments.letter.recompute", by=by, members=members)
        return len(members)


def _changed(letters: LetterQuerySet, new: Calendar) -> Iterator[tuple[CommitmentLetter, FirstDays]]:
    for letter in letters.select_related("entry", "record").order_by("pk").iterator(chunk_size=CHUNK):
        days = first_days_of(letter, new)
        kept = (letter.next_review_on, letter.review_provisional, letter.shortfall_due_on)
        if kept != (days.review_on, days.provisional, days.shortfall_on):
            yield letter, days


def first_days_of(letter: CommitmentLetter, days: Calendar) -> FirstDays:
    """The days that a letter brings with it; `letter.entry` and `letter.record` should be loaded."""
    stated = letter.record.content.get("CN_BZQX")
    return first_days(
        cycle_of(letter.entry),
        made_on=letter.made_on,
        valid_until=letter.valid_until,
        commitment_type=letter.commitment_type,
        shortfall_stated=date.fromisoformat(str(stated)[:10]) if stated else None,
        calendar=days,
    )


def _waiting(old: Calendar, new: Calendar) -> LetterQuerySet:
    span = affected_span(old, new)
    if span is None:
        return CommitmentLetter.objects.none()
    first, last = span
    reviewed = Review.objects.exclude(state="void").values("letter")
    return (
        CommitmentLetter.objects.active()
        .filter(made_on__gte=first - LONGEST_SPAN, made_on__lte=last, assessed_on__isnull=True)
        .filter(next_review_kind__in=("", ReviewKind.FIRST.value))
        .exclude(pk__in=reviewed)
    )


first_review_days = FirstReviewDays()
