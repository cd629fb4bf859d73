"""A letter that was signed on paper before somebody of ours: it binds like one that was signed online, so it stands in the ledger like one."""

from __future__ import annotations

from datetime import date

from commitments.letters.actions.signing import draft, letter_row, next_number
from commitments.letters.queries.signing import Offer
from commitments.letters.rules.numbers import letter_number
from commitments.models import CommitmentLetter
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.actions import enter
from records.models import Subject


def keep_paper(offer: Offer, subject: Subject, *, signed_on: date, by: Actor) -> CommitmentLetter:
    """Enter the record of a paper letter (XYCN) for the department that accepts the matter; its letter, whose breach then goes the usual way.

    `by` may enter records for that department; the paper itself is kept where it came in. Raises what `records.actions.enter` raises.
    国办发〔2020〕42号: an online and a paper commitment have the same consequences.
    """
    with acting(by):
        made = draft(offer.entry, offer.template, subject, {}, signed_on)
        number = letter_number(signed_on, next_number())
        row = letter_row(made, subject, number, signed_on)
        letter = CommitmentLetter.objects.get(record=enter("commitment", row, by=by, department=made.entry.department))
        audit.record("commitments.sign_paper", letter, by=by, after={"number": number}, unit_id=letter.department_id)
    return letter
