"""The outcome of a review in the ledger (XYLY), so that it is public and stands in the profile of the subject."""

from __future__ import annotations

from commitments.letters.actions.outcomes import enter_outcome
from commitments.models import Review
from commitments.reviews.rules.days import SUGGESTS_BREACH
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from credit_platform.accounts.actors import Actor
from records.models import CreditRecord

PUBLIC = "社会公开"
STANDARD = "commitment-fulfilment"


def enter_fulfilment(row: Review, *, by: Actor) -> CreditRecord:
    """Enter the outcome of a completed review under the day it was done; a second review of the day corrects the first."""
    letter = row.letter
    outcome = Fulfilment(row.outcome)
    roles = {
        "document_number": letter.code,
        "decided_on": row.done_on.isoformat() if row.done_on else "",
        "title": letter.matter.name if letter.matter else letter.record.title,
    }
    if outcome in SUGGESTS_BREACH and letter.record.content.get("CN_GKSX", PUBLIC) == PUBLIC:
        # Nothing adverse is public before the subject was heard and a second person decided; the breach itself is entered then.
        roles["visibility"] = "政务共享"
    given = {"LY_ZT": FULFILMENT_LABELS[outcome], "LY_HCFS": row.method, "LY_QK": row.finding}
    return enter_outcome(STANDARD, letter, given, roles, by=by, again=True)
