"""Letters as the public sees them, as the desk lists them, and as profiles tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from commitments.models import BreachCase, CommitmentLetter
from commitments.reviews.rules.days import public_word
from commitments.rules.states import Fulfilment
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from disclosure.models import Disclosure
from disclosure.models.disclosures import visible
from records.models import Subject

SHOWN = "record__disclosure__"
"""From a letter to its disclosure."""
TONES = {
    Fulfilment.PERFORMING: "info",
    Fulfilment.FULFILLED: "good",
    Fulfilment.PARTLY: "warn",
    Fulfilment.UNFULFILLED: "serious",
    Fulfilment.UNVERIFIABLE: "neutral",
    Fulfilment.WITHDRAWN: "neutral",
}


def public_breaches(day: date) -> QuerySet[BreachCase]:
    """Decided breaches that the public may read on a day: no longer once their period ended or they were repaired."""
    return BreachCase.objects.decided().filter(visible(day, f"case__{SHOWN}"))


def has_public_breach(day: date) -> Exists:
    """Whether a breach of a letter was decided and may be read on a day."""
    return Exists(public_breaches(day).filter(letter=OuterRef("pk")))


def word_of(row: CommitmentLetter) -> tuple[str, str]:
    """Word and tone of a public letter's state; the row comes from `public_letters`."""
    state = Fulfilment(row.fulfilment)
    word = public_word(state, decided=bool(getattr(row, "breach_decided", False)))
    return word, TONES[state] if word == row.get_fulfilment_display() else "info"


def public_letters(day: date) -> QuerySet[CommitmentLetter]:
    """Letters that the public may read on a day, with the words that were published: `public_id`, `shown_name`, `shown_code`, `shown_title`.

    The same days decide as everywhere else (`Disclosure.objects.visible_on`); what the record itself holds is not loaded.
    """
    return (
        CommitmentLetter.objects.active()
        .filter(visible(day, SHOWN))
        .select_related("department")
        .only("code", "department__name", "commitment_type", "district", "made_on", "valid_until", "fulfilment")
        .annotate(
            public_id=F(f"{SHOWN}public_id"),
            shown_name=F(f"{SHOWN}subject_name"),
            shown_code=F(f"{SHOWN}subject_code"),
            shown_title=F(f"{SHOWN}title"),
            breach_decided=has_public_breach(day),
        )
    )


def desk_letters(user: User, on: date) -> QuerySet[CommitmentLetter]:
    """Letters that somebody may see on the desk, also those that were taken back; with what the rows show."""
    return within(CommitmentLetter.objects.all(), user, on).select_related("subject", "department", "matter")


def letters_of(subject: Subject, on: date, *, limit: int = 20) -> list[CommitmentLetter]:
    """The letters of a subject that were not withdrawn, newest first, for its profile and its report."""
    rows = CommitmentLetter.objects.active().filter(subject=subject, made_on__lte=on)
    return list(rows.select_related("department", "matter").order_by("-made_on", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a published letter: reviews and decisions that are themselves public on the day, newest first."""

    letter: CommitmentLetter
    fulfilments: list[Disclosure]
    breaches: list[Disclosure]


def followed(row: Disclosure, day: date) -> Followed | None:
    """What the public may read about the fulfilment of a published letter; None when the disclosure is no letter."""
    letter = CommitmentLetter.objects.active().filter(record_id=row.record_id).select_related("matter", "entry").first()
    if letter is None:
        return None
    shown = Disclosure.objects.visible_on(day).select_related("authority")
    fulfilments = shown.filter(
        kind="commitment-fulfilment", subject_id=letter.subject_id, document_number=row.document_number
    )
    breaches = shown.filter(kind="commitment-breach", record__case__breachcase__letter=letter)
    return Followed(
        letter, list(fulfilments.order_by("-decided_on", "-pk")[:20]), list(breaches.order_by("-decided_on", "-pk"))
    )
