"""Somebody says that a declaration is not true: taken from anybody, answered at the desk. The company never learns who it was."""

from __future__ import annotations

from django.utils import timezone

from commitments.actions.declarations import locked, struck
from commitments.models import Declaration, DeclarationReport
from commitments.rules.states import DeclarationState
from commitments.sealed_places import CONTACT
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused
from credit_platform.pg import next_id


def report(declaration: Declaration, *, reason: str, contact: str) -> DeclarationReport:
    """Take a report on a shown declaration. The contact is kept encrypted and stands in no audit row. Raises Refused without a reason."""
    with acting(SYSTEM):
        if not reason.strip():
            words = "请写明哪些内容不属实。"
            raise Refused(
                "report.reason", words, findings=[Finding("report.reason", Level.ERROR, words, field="reason")]
            )
        key = next_id(DeclarationReport)
        row = DeclarationReport.objects.create(
            pk=key,
            declaration=declaration,
            reason=reason.strip()[:2000],
            contact=sealing.encrypt(contact.strip().encode(), sealing.place(CONTACT, key)) if contact.strip() else None,
        )
        audit.record("commitments.declaration.report", declaration, by=SYSTEM, unit_id=declaration.department_id)
    return row


def answer(made: DeclarationReport, *, by: User, untrue: bool, text: str) -> DeclarationReport:
    """Close a report: found true (`untrue=True`) strikes the declaration, else it stays and the answer says why.

    Reviewers of the department and the credit office may. Raises Refused without words, Conflict when it was answered already.
    """
    with acting(by):
        declaration = locked(made.declaration)
        policy.require(by, "commitments.declaration.review", declaration.department)
        row = DeclarationReport.objects.select_for_update().get(pk=made.pk)
        if row.answered_on is not None:
            raise Conflict("report.answered", "该反映已经办结。")
        if not text.strip():
            words = "请写明核查情况和办理结果。"
            raise Refused("report.answer", words, findings=[Finding("report.answer", Level.ERROR, words, field="text")])
        row.answered_by, row.answered_on, row.untrue, row.answer = by, timezone.localdate(), untrue, text.strip()[:500]
        row.save(update_fields=["answered_by", "answered_on", "untrue", "answer"])
        audit.record(
            "commitments.declaration.answer",
            declaration,
            by=by,
            after={"untrue": untrue},
            reason=row.answer,
            unit_id=declaration.department_id,
        )
        if untrue and declaration.state == DeclarationState.SHOWN:
            struck(declaration, by=by, reason=row.answer)
    return row


def contact_of(made: DeclarationReport, *, by: User, purpose: str) -> str:
    """The contact in clear for who handles the report; the look is registered first. "" when none was given."""
    with acting(by):
        policy.require(by, "commitments.declaration.review", made.declaration.department)
        audit.look(
            "commitments.report.contact",
            by=by,
            subject_ref=made.declaration.subject.code or "",
            purpose=purpose,
            fields="联系方式",
            results=int(made.contact is not None),
            unit_id=made.declaration.department_id,
        )
    return sealing.decrypt(bytes(made.contact), sealing.place(CONTACT, made.pk)).decode() if made.contact else ""
