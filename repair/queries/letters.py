"""The commitment letter of a repair: the matter in force whose letter is of the repair type, and its text."""

from __future__ import annotations

from datetime import date

from commitments.letters.queries.signing import Offer, entries_for, offer
from commitments.models import LetterTemplate
from commitments.rules.kinds import CommitmentType
from records.models import Subject


def letter_for(subject: Subject, on: date) -> Offer | None:
    """What a subject signs online with its application; None while no such matter is in force for it."""
    entry = entries_for(subject, on).filter(commitment_type=CommitmentType.REPAIR).first()
    return offer(subject, entry.matter.code, on) if entry is not None else None


def paper_letter(on: date) -> LetterTemplate | None:
    """The text that is signed on paper where there is no account: the same one."""
    rows = LetterTemplate.objects.in_force(on).filter(matter__entries__commitment_type=CommitmentType.REPAIR)
    return rows.order_by("-valid_from", "-pk").first()
