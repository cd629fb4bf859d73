"""What reviews and decisions say of a letter, entered as one record of the ledger that is shown as the letter itself is."""

from __future__ import annotations

from collections.abc import Mapping

from casework.actions import outcomes
from commitments.lists.models import VISIBILITY
from commitments.models import CommitmentLetter
from credit_platform.accounts.actors import Actor
from records.models import CreditRecord


def enter_outcome(
    standard_code: str,
    letter: CommitmentLetter,
    given: Mapping[str, str],
    roles: Mapping[str, str],
    *,
    by: Actor,
    again: bool = False,
) -> CreditRecord:
    """Enter one record about a letter for the department that accepted it. Raises what `casework.actions.outcomes` raises."""
    return outcomes.enter_outcome(
        standard_code,
        subject=letter.subject,
        department=letter.department,
        given=given,
        roles={"visibility": _visibility(letter)} | dict(roles),
        by=by,
        again=again,
    )


def _visibility(letter: CommitmentLetter) -> str:
    """As the letter itself is shown; what the list says where the letter does not."""
    told = letter.record.content.get("CN_GKSX")
    entry = letter.entry
    return str(told or (entry.get_visibility_display() if entry else VISIBILITY[0][1]))
