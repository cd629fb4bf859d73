"""The talk in the ledger: one record under 约谈记录, shared inside, never published."""

from __future__ import annotations

from casework.actions.outcomes import enter_outcome
from credit_platform.accounts.models import User
from records.models import CreditRecord
from sanctions.corrections.models import CorrectionCase
from sanctions.corrections.rules import TALK_LABELS, Talk
from sanctions.corrections.standards import KIND


def enter_talk(row: CorrectionCase, *, by: User) -> CreditRecord:
    """Enter a talk that was held, under the number of its invitation and the day on which it was held."""
    case, held_on = row.case, row.talk_held_on
    assert case.subject is not None  # noqa: S101 - a case is opened on a record, which has a subject
    assert held_on is not None  # noqa: S101 - written by the step that calls this
    kind = TALK_LABELS[Talk(row.kind)]
    roles = {
        "document_number": case.document_number,
        "decided_on": held_on.isoformat(),
        "title": f"{kind}：{row.found.title}"[:200],
        "content": row.recheck or row.facts,
        "visibility": "政务共享",
    }
    given = {
        "YT_ZL": kind,
        "YT_CN": row.promise,
        "YT_CNQX": row.promised_by.isoformat() if row.promised_by else "",
    }
    return enter_outcome(KIND, subject=case.subject, department=case.department, given=given, roles=roles, by=by)
