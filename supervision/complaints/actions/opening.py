"""A report of a violation is read by who handles it, with a purpose, on record."""

from __future__ import annotations

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from supervision.complaints.models import ViolationReport
from supervision.complaints.sealed_places import opened
from supervision.complaints.standard import COMPLAINTS

READ = "complaints.reports"


def open_report(report: ViolationReport, *, by: Actor, purpose: str) -> list[tuple[str, str]]:
    """What a report says, label by label; the look is registered first, under the number of 12315 and not under who is reported.

    Clerks and reviewers of the department that handles it. Forbidden for others, Refused without a purpose.
    """
    with acting(by):
        policy.require(by, READ, report.department)
        audit.look(
            "complaints.report.open",
            by=by,
            subject_ref=report.number,
            purpose=purpose,
            results=1,
            unit_id=report.department_id,
        )
        said = opened(report.number_key, bytes(report.sealed))
    return [(each.label, str(said[each.code])) for each in COMPLAINTS.fields if said.get(each.code)]
