"""The clock's part: a candidate for every 容缺 letter whose last day for its missing documents has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casework.actions.opening import open_many
from commitments.breaches import rules
from commitments.breaches.models import BreachCase, BreachCaseQuerySet
from commitments.breaches.rules import BREACH, Source
from commitments.models import CommitmentLetter
from commitments.rules.kinds import BreachKind
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit.context import acting
from credit_platform.workdays.rules.days import chinese

CHUNK = 500


def shortfall_candidates(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """Open them; how many. Once for each letter.

    The last day itself is still in time. Letters whose case of this source was dismissed do not come again.
    """
    on = on or timezone.localdate()
    made, after = 0, (date.min, 0)
    while True:
        with acting(by):
            policy.require(by, rules.HANDLE)
            found = _overdue(on, after)
            begun = [(letter.subject, letter.department, _own(letter, on)) for letter in _without_case(found)]
            made += len(open_many(BREACH, begun, by=by, on=on))
        if len(found) < CHUNK:
            return made
        after = (found[-1].shortfall_due_on or on, found[-1].pk)


def _overdue(on: date, after: tuple[date, int]) -> list[CommitmentLetter]:
    """The next chunk in the order of the index, locked; letters that somebody holds are left to the next run."""
    rows = (
        CommitmentLetter.objects.shortfall_open()
        .filter(shortfall_due_on__lt=on, shortfall_due_on__gte=after[0])
        .filter(Q(shortfall_due_on__gt=after[0]) | Q(pk__gt=after[1]))
        .filter(~Exists(_cases(OuterRef("pk"))))
        .select_related("subject", "department")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("shortfall_due_on", "pk")
    )
    return list(rows[:CHUNK])


def _without_case(found: Sequence[CommitmentLetter]) -> list[CommitmentLetter]:
    """Asked again under the locks: another sweep may have committed between the question and the lock."""
    late = set(_cases([letter.pk for letter in found]).values_list("letter_id", flat=True))
    return [letter for letter in found if letter.pk not in late]


def _cases(letter: Any) -> BreachCaseQuerySet:
    """Cases that keep the clock from making one: an open one, and one of the same source, however it ended."""
    of_letter = {"letter__in": letter} if isinstance(letter, list) else {"letter": letter}
    return BreachCase.objects.filter(Q(source=Source.SHORTFALL) | Q(is_open=True), **of_letter)


def _own(letter: CommitmentLetter, on: date) -> dict[str, Any]:
    due, missing = letter.shortfall_due_on or on, letter.shortfall_papers or "容缺材料"
    return {
        "letter": letter,
        "source": Source.SHORTFALL.value,
        "kind": BreachKind.UNFULFILLED.value,
        "facts": f"承诺于{chinese(due)}前补正的材料（{missing}）逾期未补正。",
    }
