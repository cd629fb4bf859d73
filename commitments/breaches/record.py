"""The decided breach as a record of the ledger (XYWN)."""

from __future__ import annotations

from collections.abc import Sequence

from casework.models import Case
from casework.queries.course import hearing_of
from commitments.breaches.models import BreachCase
from commitments.breaches.rules import ARTICLE
from commitments.letters.actions.outcomes import enter_outcome
from commitments.lists.queries.measures import facts_of
from commitments.lists.rules.measures import until
from commitments.models import Measure
from commitments.rules.kinds import BREACH_KIND_LABELS, BreachKind
from credit_platform.accounts.models import User
from credit_platform.workdays.rules.days import chinese
from records.models import CreditRecord

STANDARD = "commitment-breach"


def enter_breach(row: BreachCase, chosen: Sequence[Measure], *, by: User) -> CreditRecord:
    """Enter a decided breach under its document and day; the ledger's followers publish it as the catalogue says."""
    letter, case = row.letter, row.case
    roles = {
        "document_number": case.document_number,
        "decided_on": case.decided_on.isoformat() if case.decided_on else "",
        "title": letter.matter.name if letter.matter else letter.record.title,
    }
    given = {
        "WN_BM": letter.code,
        "WN_ZL": BREACH_KIND_LABELS[BreachKind(row.kind)],
        "WN_SS": row.facts,
        "WN_YJ": "；".join(dict.fromkeys(each.basis for each in chosen)) or ARTICLE,
        "WN_CS": "；".join(_measure(each, case) for each in chosen) or "记入信用记录",
        "WN_SSJG": _heard(case),
        "WN_CSZ": row.barred_until.isoformat() if row.barred_until else "",
    }
    return enter_outcome(STANDARD, letter, given, roles, by=by)


def _measure(each: Measure, case: Case) -> str:
    """A measure as the public reads it, with its last day."""
    last = until(facts_of(each), case.decided_on) if case.decided_on else None
    return f"{each.name}（至{chinese(last)}）" if last else each.name


def _heard(case: Case) -> str:
    hearing = hearing_of(case)
    if hearing is not None and hearing.waived:
        return "当事人放弃陈述申辩。"
    said = hearing is not None and hearing.statement_on is not None
    return "当事人已陈述申辩，意见及理由见认定。" if said else "当事人在期限内未陈述申辩。"
