"""Of whom anything is known, or kept: whom a computation anew has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from checks.models import SubjectState
from checks.queries.facts import PENALTY, first_that_counts
from checks.queries.families import canonical_of
from checks.queries.register import last_version, register
from checks.rules.register import RecordRule
from commitments.breaches.models import BreachCase
from records.models import CreditRecord
from records.standards import registry
from sanctions.bans.models import Ban
from sanctions.lists.models import ListEntry


def known_subjects(on: date) -> Iterator[int]:
    """Every subject of today that has a state, stands on a list, broke a commitment or was penalised so that it may count, once each."""
    version = last_version()
    rule = register(version).record if version else None
    seen: set[int] = set(SubjectState.objects.values_list("pk", flat=True))
    yield from sorted(seen)
    for source in (_on_lists(on), _banned(), _broke(), _penalised(on, rule)):
        found = canonical_of(source) - seen
        seen |= found
        yield from sorted(found)


def _on_lists(on: date) -> set[int]:
    return set(ListEntry.objects.exclude(ended_on__lte=on).exclude(ends_on__lt=on).values_list("subject_id", flat=True))


def _banned() -> set[int]:
    rows = Ban.objects.exclude(case__subject__isnull=True).values_list("case__subject_id", flat=True)
    return {subject for subject in rows if subject is not None}


def _broke() -> set[int]:
    rows = BreachCase.objects.decided().values_list("case__subject_id", "letter__subject_id")
    return {subject for pair in rows for subject in pair if subject is not None}


def _penalised(on: date, rule: RecordRule | None) -> set[int]:
    """Who has a penalty of the kinds or with a fine of as many digits as the rule's: the rest is decided by the rule itself."""
    if rule is None:
        return set()
    digits = len(str(int(rule.fine_wan)))
    likely = Q()
    for standard in registry.all():
        if standard.kind == PENALTY:
            kinds, fine = standard.roles.get("kinds", ""), standard.roles.get("fine", "")
            of_kind = Q((f"content__{kinds}__regex", "|".join(rule.kinds))) if kinds else Q(pk__in=())
            large = Q((f"content__{fine}__regex", rf"^\d{{{digits},}}")) if fine else Q(pk__in=())
            likely |= Q(standard=standard.code) & (of_kind | large)
    rows = CreditRecord.objects.active().filter(kind=PENALTY, decided_on__gte=first_that_counts(on, rule))
    return set(rows.filter(likely).values_list("subject_id", flat=True))
