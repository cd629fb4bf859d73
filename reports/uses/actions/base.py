"""What every verb of a use does: the row locked and moved, saved with its entry in the trail."""

from __future__ import annotations

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.web.once import require_version
from reports.models import ReportUse
from reports.uses import rules

USE = "reports.use"


def moved(use: ReportUse, verb: str, version: str | None = None) -> ReportUse:
    """The locked row in its next state, not yet saved. Conflict when its state does not allow the verb, or the row is not what was seen."""
    rows = ReportUse.objects.select_for_update(of=("self",)).select_related("subject", "department", "purpose")
    row = rows.select_related("authorisation").get(pk=use.pk)
    if version is not None:
        require_version(row, version)
    row.state = rules.next_state(row.state, verb).value
    return row


def save(row: ReportUse, verb: str, by: Actor) -> None:
    """The row with its next version, and what became of it in the trail."""
    row.version += 1
    row.save()
    after = {"state": row.state, "report": row.report.number if row.report else ""}
    audit.record(f"reports.use_{verb}", row, by=by, after=after, reason=row.answer, unit_id=row.department_id)
