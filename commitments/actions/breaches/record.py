"""The decided breach in the ledger (XYWN), and out of it again when the decision is annulled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commitments.actions.breaches.base import facts_of
from commitments.actions.outcomes import enter_outcome
from commitments.models import BreachCase, Measure
from commitments.rules.breaches import ARTICLE
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from commitments.rules.measures import until
from credit_platform.accounts.actors import OnBehalf
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
    roles = {
        "document_number": row.document_number,
        "decided_on": row.decided_on.isoformat() if row.decided_on else "",
        "title": letter.matter.name if letter.matter else letter.record.title,
    }
    given = {
        "WN_BM": letter.code,
        "WN_ZL": BREACH_KIND_LABELS[BreachKind(row.kind)],
        "WN_SS": row.facts,
        "WN_YJ": "；".join(dict.fromkeys(each.basis for each in chosen)) or ARTICLE,
        "WN_CS": "；".join(_measure(each, row) for each in chosen) or "记入信用记录",
        "WN_SSJG": _heard(row),
        "WN_CSZ": row.barred_until.isoformat() if row.barred_until else "",
    }
    return enter_outcome(STANDARD, letter, given, roles, by=by)


def _measure(each: Measure, row: BreachCase) -> str:
    """A measure as the public reads it, with its last day."""
    last = until(facts_of(each), row.decided_on) if row.decided_on else None
    return f"{each.name}（至{last.year}年{last.month}月{last.day}日）" if last else each.name


def _heard(row: BreachCase) -> str:
    if row.waived:
        return "当事人放弃陈述申辩。"
    return "当事人已陈述申辩，意见及理由见认定。" if row.statement_on else "当事人在期限内未陈述申辩。"


def take_back(row: BreachCase, *, reason: str, public_note: str, by: User, on: date) -> None:
    """Withdraw the disclosure with its public note, then revoke the record for the department (its reviewers do not edit records)."""
    record = row.record
    if record is None or record.status != RecordStatus.ACTIVE:
        return
    shown = Disclosure.objects.filter(record=record).exclude(state=State.WITHDRAWN).first()
    if shown is not None:
        withdraw(shown, by=by, reason=reason, public_note=public_note, annulled_on=on)
    revoke(record, by=OnBehalf(by), reason=reason, on=on)
