"""A department says what it did, with papers; somebody of the credit office looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.utils import timezone

from assessment.plan import rules
from assessment.plan.models import TaskAssignment
from assessment.plan.rules import EVIDENCE
from casework.actions import attach, open_case, step, verbs
from casework.actions.hearing import scanned
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, refuse, required


def submit(
    assignment: TaskAssignment,
    *,
    text: str,
    done_on: date,
    for_due: date | None = None,
    document: str = "",
    link: str = "",
    papers: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
) -> Case:
    """Say what was done of an assignment, for one of its last days or (None) as progress of what goes on. Clerks and reviewers of the department.

    Refused without text, for a day in the future or one that is none of its last days; Conflict where that day is answered or waits for review.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.HANDLE, assignment.department)
        row = (
            TaskAssignment.objects.select_for_update(of=("self",))
            .select_related("task", "department")
            .get(pk=assignment.pk)
        )
        refuse(_against(row, text, done_on, for_due, link, on))
        answered = row.evidence.filter(for_due=for_due, refuted_on__isnull=True).exclude(case__state="withdrawn")
        if for_due is not None and answered.exists():
            raise Conflict("evidence.there", "这一期限已经报送。", mend="需要更改的，请撤回原报送后重新报送。")
        own = {
            "assignment": row,
            "for_due": for_due,
            "done_on": done_on,
            "text": text.strip(),
            "document": document.strip(),
            "link": link.strip(),
        }
        case = open_case(
            EVIDENCE, subject=None, department=row.department, by=by, on=on, days=rules.REVIEW_DAYS, own=own
        )
        attach(case, papers, role="evidence", by=by)
    return case


def accept(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """What was said is so: it counts from its day. The credit office, never who submitted it. From SUBMITTED."""
    with step(EVIDENCE, case, "accept", by=by, on=on, version=version) as at:
        at.case.decided_by, at.case.decided_on = by, at.on
    return at.case


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """It does not show what it says: back with a reason. Who: as `accept`. From SUBMITTED."""
    with step(EVIDENCE, case, "send_back", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明需要补正的内容。", rule="evidence.reason", most=500))
        at.reason = reason.strip()
    return at.case


def resubmit(
    case: Case,
    *,
    text: str,
    done_on: date,
    document: str = "",
    link: str = "",
    papers: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Mended and submitted again; who does it becomes its drafter. Clerks and reviewers of the department. From RETURNED."""
    with step(EVIDENCE, case, "resubmit", by=by, on=on, version=version) as at:
        at.refuse(_against(at.own.assignment, text, done_on, at.own.for_due, link, at.on))
        at.case.drafted_by = by
        at.own.text, at.own.done_on = text.strip(), done_on
        at.own.document, at.own.link = document.strip(), link.strip()
        at.due(rules.REVIEW_DAYS)
        attach(at.case, papers, role="evidence", by=by)
    return at.case


withdraw = partial(verbs.close, EVIDENCE, "withdraw", "请写明撤回的原因。")
"""The department takes it back. From SUBMITTED and RETURNED."""


def _against(row: TaskAssignment, text: str, done_on: date, for_due: date | None, link: str, on: date) -> list[Finding]:
    found = rules.against_evidence(text, done_on=done_on, for_due=for_due, link=link, timing=row.timing, on=on)
    return [*found, *scanned(text=text)]
