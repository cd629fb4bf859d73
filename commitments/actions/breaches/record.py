"""The decided breach in the ledger (XYWN), and out of it again when the decision is annulled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commitments.actions.outcomes import enter_outcome
from commitments.models import BreachCase, Measure
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from disclosure.actions.standing import withdraw
from disclosure.models import Disclosure
from disclosure.rules.states import State
from records.actions.changes import revoke
from records.models import CreditRecord
from records.rules import RecordStatus

STANDARD = "commitment-breach"


def enter_breach(row: BreachCase, chosen: Sequence[Measure], *, by: User) -> CreditRecord:
    """Enter a decided breach under its document and day; the ledger's followers publish it as the catalogue says."""
    letter = row.letter
    day = row.decided_on.isoformat() if row.decided_on else ""
    until = row.barred_until.isoformat() if row.barred_until else ""
    roles = {
        "document_number": row.document_number,
        "decided_on": day,
        "valid_from": day if until else "",
        "valid_until": until,
        "title": str(letter.matter.name if letter.matter else letter.record.title),
    }
    given = {
        "WN_CNBM": letter.code,
        "WN_LB": BREACH_KIND_LABELS[BreachKind(row.kind)],
        "WN_SS": row.facts,
        "WN_YJ": "；".join(dict.fromkeys(each.basis for each in chosen)),
        "WN_CS": "；".join(each.name for each in chosen),
    }
    return enter_outcome(STANDARD, letter, given, roles, by=by)


def take_back(row: BreachCase, *, reason: str, public_note: str, by: User, on: date) -> None:
    """Withdraw the disclosure with its public note, then revoke the record for the department (its reviewers do not edit records)."""
    record = row.record
    if record is None or record.status != RecordStatus.ACTIVE:
        return
    shown = Disclosure.objects.filter(record=record).exclude(state=State.WITHDRAWN).first()
    if shown is not None:
        withdraw(shown, by=by, reason=reason, public_note=public_note, annulled_on=on)
    revoke(record, by=SYSTEM, reason=reason, on=on)
