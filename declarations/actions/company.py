"""What the company does with its declaration: write, submit, confirm again, withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Level, Refused, at_field
from credit_platform.web.once import require_version
from declarations.actions.attachments import attach
from declarations.actions.base import DECLARE, move, own, tell, write
from declarations.actions.ledger import renew_record, take_back
from declarations.models import Declaration
from declarations.queries import reviewing_department
from declarations.rules import EDITABLE, PROMISE, confirmed_until, may_confirm_from
from records.identifiers import personal

FIELDS = ("kind", "title", "body", "happened_on", "valid_until")


def save(
    given: Mapping[str, Any], *, by: CompanyAccount, declaration: Declaration | None = None, version: str = ""
) -> Declaration:
    """Write a draft, or change one that is a draft or was returned. `given`: the values of `FIELDS`.

    Raises Forbidden for another company's, Conflict when it is in review or shown, or was saved since `version`.
    """
    with acting(by):
        policy.require(by, DECLARE)
        if declaration is None:
            subject = canonical_subject(by)
            row = Declaration(subject=subject, account=by, department=reviewing_department(subject), promise=PROMISE)
        else:
            row = own(declaration, by)
            require_version(row, version)
            if row.state not in EDITABLE:
                raise Conflict("declaration.state", f"当前状态为“{row.get_state_display()}”，不能修改。")
            row.version += 1
        for name in FIELDS:
            setattr(row, name, given[name])
        row.save()
        audit.record("declarations.save", row, by=by, after={"title": row.title}, unit_id=row.department_id)
    return row


def submit(declaration: Declaration, *, by: CompanyAccount, proofs: Sequence[AttachedFile] = ()) -> Declaration:
    """Hand a declaration in with its promise and optional proofs. Raises Refused when the scanner finds personal data in it
    (个人信息保护法 art. 28) or what it speaks of has run out; Forbidden, Conflict."""
    with acting(by):
        policy.require(by, DECLARE)
        row = own(declaration, by)
        move(row, "submit")
        findings = [
            finding
            for field in ("title", "body")
            for finding in personal.findings(getattr(row, field), field=field)
            if finding.level is Level.ERROR
        ]
        if row.valid_until and row.valid_until < timezone.localdate():
            findings.append(at_field("declaration.valid", "valid_until", "有效期已过，不能申报。"))
        if findings:
            raise Refused("declaration.findings", "申报内容不能公开，没有提交。", findings=findings)
        row.submitted_at, row.review_note = timezone.now(), ""
        write(row, "state", "submitted_at", "review_note")
        if proofs:
            attach(row, proofs, by=by)
        tell("submit", row, by)
    return row


def confirm(declaration: Declaration, *, by: CompanyAccount) -> Declaration:
    """Confirm again that a declaration is true: it is shown for another year from today, also when it had fallen silent.

    Possible from thirty days before its last day on. Raises Conflict before that and from another state, Refused when what it
    speaks of has run out, Forbidden.
    """
    on = timezone.localdate()
    with acting(by):
        policy.require(by, DECLARE)
        row = own(declaration, by)
        move(row, "confirm")
        assert row.confirmed_until is not None
        if on < may_confirm_from(row.confirmed_until):
            raise Conflict("declaration.early", "确认有效期还有三十日以上，暂不需要再次确认。")
        if row.valid_until and row.valid_until < on:
            raise Refused("declaration.valid", "所申报事项的有效期已过，请撤回后重新申报。")
        silent = row.confirmed_until < on
        row.confirmed_until = confirmed_until(on, row.valid_until)
        renew_record(row, on, by, silent=silent)
        tell("confirm", row, by, after={"confirmed_until": row.confirmed_until})
    return row


def withdraw(declaration: Declaration, *, by: CompanyAccount) -> Declaration:
    """The company takes its declaration back, whatever its state before it was struck. Raises Forbidden, Conflict."""
    with acting(by):
        policy.require(by, DECLARE)
        row = own(declaration, by)
        move(row, "withdraw")
        write(row, "state")
        take_back(row, "主体撤回自主申报", by)
        tell("withdraw", row, by)
    return row
