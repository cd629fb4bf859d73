"""Fulfilment that a department reports itself: its records (XYLY) change the letter as the outcome of a review does.

A letter stands as the newest of what is known about it says: reviews that were done and records that stand in the ledger. So the same file
twice changes nothing, and a record that is revoked or undone takes back what it did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from commitments.letters.actions.days import first_days_of
from commitments.models import CommitmentLetter, Review
from commitments.reviews.rules import days as rules
from commitments.rules.kinds import ReviewKind, Unit
from commitments.rules.states import FULFILMENT_LABELS, LETTER_MOVES, Fulfilment, ReviewState, next_state
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar
from records.models import CreditRecord

KIND = "commitment-fulfilment"
CHUNK = 2000
OUTCOMES = {label: state for state, label in FULFILMENT_LABELS.items() if state is not Fulfilment.WITHDRAWN}
WRITTEN = ("fulfilment", "assessed_on", "next_review_on", "next_review_kind", "review_provisional", "updated_at")


class Known(NamedTuple):
    """What is known of a letter on a day; of one day a record says more than the review that entered it."""

    on: date
    is_record: bool
    pk: int
    outcome: Fulfilment


class FulfilmentFollower:
    """The follower registered in AppConfig.ready()."""

    def entered(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """New or revived records: their letters take the outcome."""
        _follow(record_ids, by=by)

    def changed(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Corrected records: also a letter that they no longer speak of is told anew."""
        _follow(record_ids, by=by, whole_subject=True)

    def revoked(self, record_ids: Sequence[int], *, by: Actor, reason: str) -> None:
        """What was revoked counts no more."""
        _follow(record_ids, by=by)

    def may_undo(self, record_ids: Sequence[int]) -> Mapping[int, str]:
        """Nothing holds them: the letters go back to what else is known of them."""
        return {}

    def undone(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """What was taken back with its batch counts no more."""
        _follow(record_ids, by=by)

    def moved(self, record_ids: Sequence[int], *, by: Actor) -> None:
        """Letters and what is said of them go over to another subject together."""
        _follow(record_ids, by=by, whole_subject=True)


def assess_new(letter_records: Collection[int], *, by: Actor) -> int:
    """Letters that came after their own fulfilment; those that were looked at here keep what was found. How many changed."""
    rows = CommitmentLetter.objects.filter(record_id__in=letter_records, assessed_on__isnull=True)
    return _assess(rows.exclude(reviews__state=ReviewState.DONE), by=by)


def _follow(record_ids: Sequence[int], *, by: Actor, whole_subject: bool = False) -> None:
    ids = sorted(set(record_ids))
    for start in range(0, len(ids), CHUNK):
        told = CreditRecord.objects.filter(pk__in=ids[start : start + CHUNK], kind=KIND)
        pairs = set(told.values_list("subject_id", "document_number"))
        rows = CommitmentLetter.objects.filter(subject_id__in={subject for subject, _ in pairs})
        if not whole_subject:
            rows = rows.filter(code__in={code for _, code in pairs})
        if pairs:
            _assess(rows, by=by)


def _assess(wanted: QuerySet[CommitmentLetter], *, by: Actor) -> int:
    """Give letters what the newest of what is known says; one audit row with those that changed."""
    with acting(by):
        ids = list(wanted.values_list("pk", flat=True))
        letters = list(
            CommitmentLetter.objects.active()
            .select_for_update(of=("self",))
            .select_related("entry", "record")
            .filter(pk__in=ids)
            .order_by("pk")
        )
        known = _known(letters)
        days, now = calendar(), timezone.now()
        changed = [letter for letter in letters if _changed(letter, known.get(letter.pk), days)]
        for letter in changed:
            letter.updated_at = now
        if changed:
            CommitmentLetter.objects.bulk_update(changed, WRITTEN, batch_size=CHUNK)
            audit.record("commitments.letter.assess", by=by, members=[letter.pk for letter in changed])
    return len(changed)


def _changed(letter: CommitmentLetter, newest: Known | None, days: Calendar) -> bool:
    """Write what is known into a letter (not yet into its table); whether that changed it."""
    before = Fulfilment(letter.fulfilment)
    if (newest.outcome, newest.on) == (before, letter.assessed_on) if newest else letter.assessed_on is None:
        return False
    result = newest.outcome if newest else Fulfilment.PERFORMING
    letter.fulfilment = next_state(LETTER_MOVES, FULFILMENT_LABELS, before, f"assess-{result}").value
    if newest is None:
        first = first_days_of(letter, days)
        letter.assessed_on, letter.next_review_on = None, first.review_on
        letter.next_review_kind, letter.review_provisional = first.kind, first.provisional
        return True
    following = next_day(letter, result, newest.on, days)
    letter.assessed_on, letter.next_review_on = newest.on, following.on
    letter.next_review_kind = ReviewKind.PERIODIC.value if following.on else ""
    letter.review_provisional = following.provisional
    return True


def next_day(letter: CommitmentLetter, result: Fulfilment, on: date, days: Calendar) -> rules.NextReview:
    """The next review of a letter after this outcome, by its entry of the list; a letter without an entry is reviewed once."""
    entry = letter.entry
    return rules.next_review(
        result,
        on=on,
        every=entry.every if entry else None,
        unit=Unit(entry.every_unit) if entry else Unit.MONTH,
        calendar=days,
        valid_until=letter.valid_until,
    )


def _known(letters: Sequence[CommitmentLetter]) -> dict[int, Known]:
    """The newest of what is known of each letter."""
    found: dict[int, list[Known]] = defaultdict(list)
    for pk, each in (*_of_reviews(letters), *_of_records(letters)):
        found[pk].append(each)
    return {pk: max(each) for pk, each in found.items()}


def _of_reviews(letters: Iterable[CommitmentLetter]) -> Iterator[tuple[int, Known]]:
    done = Review.objects.filter(letter__in=[letter.pk for letter in letters], state=ReviewState.DONE)
    for letter, on, pk, outcome in done.values_list("letter_id", "done_on", "pk", "outcome"):
        if on is not None:
            yield letter, Known(on, False, pk, Fulfilment(outcome))


def _of_records(letters: Sequence[CommitmentLetter]) -> Iterator[tuple[int, Known]]:
    """Standing records of the same subject and number, by the authority that accepted the letter: no other may speak of it."""
    by_key: dict[tuple[Any, ...], list[CommitmentLetter]] = defaultdict(list)
    for letter in letters:
        by_key[letter.subject_id, letter.code].append(letter)
    rows = CreditRecord.objects.active().filter(
        kind=KIND, subject_id__in={key[0] for key in by_key}, document_number__in={key[1] for key in by_key}
    )
    names = ("subject_id", "document_number", "authority_id", "source_department_id", "decided_on", "pk")
    for subject, code, authority, source, on, pk, told in rows.values_list(*names, "content__LY_ZT"):
        outcome = OUTCOMES.get(str(told))
        for letter in by_key.get((subject, code), ()):
            if outcome and letter.department_id in (authority, source) and on >= letter.made_on:
                yield letter.pk, Known(on, True, pk, outcome)


follower = FulfilmentFollower()
