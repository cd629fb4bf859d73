"""Somebody says that a declaration is not true: taken from anybody, answered at the desk. The company never learns who it was."""

from __future__ import annotations

from django.utils import timezone

from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, refuse, required
from credit_platform.pg import next_id
from declarations.actions.base import REVIEW, locked
from declarations.actions.desk import struck
from declarations.models import Declaration, DeclarationReport
from declarations.rules import State
from declarations.sealed_places import CONTACT


def report(declaration: Declaration, *, reason: str, contact: str) -> DeclarationReport:
    """Take a report on a shown declaration. The contact is kept encrypted and stands in no audit row. Raises Refused without a reason."""
    with acting(SYSTEM):
        refuse(required(reason, "reason", "请写明哪些内容不属实。", rule="report.reason"))
        key = next_id(DeclarationReport)
        row = DeclarationReport.objects.create(
            pk=key,
            declaration=declaration,
            reason=reason.strip()[:2000],
            contact=sealing.encrypt(contact.strip().encode(), sealing.place(CONTACT, key)) if contact.strip() else None,
        )
        audit.record("declarations.report", declaration, by=SYSTEM, unit_id=declaration.department_id)
    return row


def answer(made: DeclarationReport, *, by: User, untrue: bool, text: str) -> DeclarationReport:
    """Close a report: found true (`untrue=True`) strikes the declaration, else it stays and the answer says why.

    Reviewers of the department and the credit office may. Raises Refused without words, Conflict when it was answered already.
    """
    with acting(by):
        declaration = locked(made.declaration)
        policy.require(by, REVIEW, declaration.department)
        row = DeclarationReport.objects.select_for_update().get(pk=made.pk)
        if row.answered_on is not None:
            raise Conflict("report.answered", "该反映已经办结。")
        refuse(required(text, "text", "请写明核查情况和办理结果。", rule="report.answer"))
        row.answered_by, row.answered_on, row.untrue, row.answer = by, timezone.localdate(), untrue, text.strip()[:500]
        row.save(update_fields=["answered_by", "answered_on", "untrue", "answer"])
        audit.record(
            "declarations.answer",
            declaration,
            by=by,
            after={"untrue": untrue},
            reason=row.answer,
            unit_id=declaration.department_id,
        )
        if untrue and declaration.state == State.SHOWN:
            struck(declaration, by=by, reason=row.answer)
    return row


def contact_of(made: DeclarationReport, *, by: User, purpose: str) -> str:
    """The contact in clear for who handles the report; the look is registered first. "" when none was given."""
    with acting(by):
        policy.require(by, REVIEW, made.declaration.department)
        audit.look(
            "declarations.contact",
            by=by,
            subject_ref=made.declaration.subject.code or "",
            purpose=purpose,
            fields="联系方式",
            results=int(made.contact is not None),
            unit_id=made.declaration.department_id,
        )
    return sealing.decrypt(bytes(made.contact), sealing.place(CONTACT, made.pk)).decode() if made.contact else ""
