"""Voluntary declarations (哈政办规〔2020〕12号 no. 13): the company writes and confirms, a reviewer lets it be shown or strikes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from casework.rules.attachments import Given
from commitments.actions.papers import attach
from commitments.models import Declaration
from commitments.queries.declarations import reviewing_department
from commitments.rules.declarations import PROMISE, confirmed_until, may_confirm_from, number
from commitments.rules.kinds import DECLARATION_KIND_LABELS, DeclarationKind
from commitments.rules.states import DECLARATION_LABELS, DECLARATION_MOVES, DeclarationState, next_state
from companies.models import CompanyAccount
from companies.queries import standing_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from credit_platform.web.once import require_version
from records.actions import edit, enter, revoke
from records.identifiers import personal
from records.models import CreditRecord

FIELDS = ("kind", "title", "body", "happened_on", "valid_until")
EDITABLE = (DeclarationState.DRAFT, DeclarationState.RETURNED)


def save(
    given: Mapping[str, Any], *, by: CompanyAccount, declaration: Declaration | None = None, version: str = ""
) -> Declaration:
    """Write a draft, or change one that is a draft or was returned. `given`: the values of `FIELDS`.

    Raises Forbidden for another company's, Conflict when it is in review or shown, or was saved since `version`.
    """
    with acting(by):
        policy.require(by, "commitments.declare")
        if declaration is None:
            subject = standing_subject(by)
            row = Declaration(subject=subject, account=by, department=reviewing_department(subject), promise=PROMISE)
        else:
            row = _own(declaration, by)
            require_version(row, version)
            if row.state not in EDITABLE:
                raise Conflict("declaration.state", f"当前状态为“{row.get_state_display()}”，不能修改。")
            row.version += 1
        for name in FIELDS:
            setattr(row, name, given[name])
        row.save()
        audit.record("commitments.declaration.save", row, by=by, after={"title": row.title}, unit_id=row.department_id)
    return row


def submit(declaration: Declaration, *, by: CompanyAccount, papers: Sequence[Given] = ()) -> Declaration:
    """Hand a declaration in with its promise and optional papers. Raises Refused when the scanner finds personal data in it
    (个人信息保护法 art. 28) or what it speaks of has run out; Forbidden, Conflict."""
    with acting(by):
        policy.require(by, "commitments.declare")
        row = _own(declaration, by)
        _move(row, "submit")
        findings = [
            finding
            for field in ("title", "body")
            for finding in personal.findings(getattr(row, field), field=field)
            if finding.level is Level.ERROR
        ]
        if row.valid_until and row.valid_until < timezone.localdate():
            findings.append(Finding("declaration.valid", Level.ERROR, "有效期已过，不能申报。", field="valid_until"))
        if findings:
            raise Refused("declaration.findings", "申报内容不能公开，没有提交。", findings=findings)
        row.submitted_at, row.review_note = timezone.now(), ""
        _write(row, "state", "submitted_at", "review_note")
        if papers:
            attach(row, papers, role="declaration", by=by)
        _told("submit", row, by)
    return row


def accept(declaration: Declaration, *, by: User, version: str) -> Declaration:
    """Let a declaration be shown as 主体自主申报: a record under ZZSB enters on the company's behalf and is disclosed.

    Reviewers of its department and the credit office may. What is accepted is its form, not its truth. Raises Forbidden, Conflict,
    and Refused with what the ledger has against it.
    """
    on = timezone.localdate()
    with acting(by):
        row = _reviewed(declaration, by, version)
        _move(row, "accept")
        row.reviewer, row.reviewed_on = by, on
        row.confirmed_until = confirmed_until(on, row.valid_until)
        row.record = _entered(row, on, by)
        _write(row, "state", "reviewer", "reviewed_on", "confirmed_until", "record")
        _told("accept", row, by, after={"confirmed_until": row.confirmed_until})
    return row


def return_(declaration: Declaration, *, by: User, version: str, note: str) -> Declaration:
    """Give a declaration back with what is to be mended. Raises Refused without a note, Forbidden, Conflict."""
    with acting(by):
        row = _reviewed(declaration, by, version)
        _move(row, "return")
        row.review_note = _required(note, "note", "请写明退回原因。")
        row.reviewer, row.reviewed_on = by, timezone.localdate()
        _write(row, "state", "review_note", "reviewer", "reviewed_on")
        _told("return", row, by, reason=row.review_note)
    return row


def confirm(declaration: Declaration, *, by: CompanyAccount) -> Declaration:
    """Confirm again that a declaration is true: it is shown for another year from today, also when it had fallen silent.

    Possible from thirty days before its last day on. Raises Conflict before that and from another state, Refused when what it
    speaks of has run out, Forbidden.
    """
    on = timezone.localdate()
    with acting(by):
        policy.require(by, "commitments.declare")
        row = _own(declaration, by)
        _move(row, "confirm")
        assert row.confirmed_until is not None
        if on < may_confirm_from(row.confirmed_until):
            raise Conflict("declaration.early", "确认有效期还有三十日以上，暂不需要再次确认。")
        if row.valid_until and row.valid_until < on:
            raise Refused("declaration.valid", "所申报事项的有效期已过，请撤回后重新申报。")
        silent = row.confirmed_until < on
        row.confirmed_until = confirmed_until(on, row.valid_until)
        _refresh_record(row, on, by, silent=silent)
        _told("confirm", row, by, after={"confirmed_until": row.confirmed_until})
    return row


def _entered(row: Declaration, on: date, by: Actor) -> CreditRecord:
    """The record of a declaration, entered by the platform in the name of whoever accepted or confirmed it."""
    values = _values(row, on, number(on, row.pk))
    return enter("voluntary", values, by=OnBehalf(by), department=row.department)


def _refresh_record(row: Declaration, on: date, by: Actor, *, silent: bool) -> None:
    """What was shown goes on under its number; what had fallen silent ended for good, so it is entered anew."""
    if row.record is None or silent:
        row.record = _entered(row, on, by)
    else:
        values = _values(row, on, row.record.document_number)
        edit(row.record, values, by=OnBehalf(by), version=str(row.record.version))
    _write(row, "state", "confirmed_until", "record")


def strike(declaration: Declaration, *, by: User, version: str, reason: str) -> Declaration:
    """Take a declaration that was found untrue out of the public's sight. Raises Refused without a reason, Forbidden, Conflict."""
    with acting(by):
        row = _reviewed(declaration, by, version)
        struck(row, by=by, reason=reason)
    return row


def struck(row: Declaration, *, by: User, reason: str) -> None:
    """Strike a locked declaration; for `strike` and for a report that was found true."""
    _move(row, "strike")
    row.review_note = _required(reason, "reason", "请写明撤除原因。")
    _write(row, "state", "review_note")
    _take_back(row, row.review_note, by)
    _told("strike", row, by, reason=row.review_note)


def withdraw(declaration: Declaration, *, by: CompanyAccount) -> Declaration:
    """The company takes its declaration back, whatever its state before it was struck. Raises Forbidden, Conflict."""
    with acting(by):
        policy.require(by, "commitments.declare")
        row = _own(declaration, by)
        _move(row, "withdraw")
        _write(row, "state")
        _take_back(row, "主体撤回自主申报", by)
        _told("withdraw", row, by)
    return row


def locked(declaration: Declaration) -> Declaration:
    """The row, locked for the transaction."""
    rows = Declaration.objects.select_for_update(of=("self",)).select_related("subject", "department", "record")
    return rows.get(pk=declaration.pk)


def _own(declaration: Declaration, by: CompanyAccount) -> Declaration:
    row = locked(declaration)
    current = CompanyAccount.objects.select_related("subject").get(pk=by.pk)
    mine = {current.subject_id, standing_subject(current).pk}
    if not current.is_authenticated or row.subject_id not in mine:
        raise Forbidden("declaration.own", "只能办理本主体的申报。")
    return row


def _reviewed(declaration: Declaration, by: User, version: str) -> Declaration:
    row = locked(declaration)
    policy.require(by, "commitments.declaration.review", row.department)
    require_version(row, version)
    return row


def _move(row: Declaration, verb: str) -> None:
    row.state = next_state(DECLARATION_MOVES, DECLARATION_LABELS, DeclarationState(row.state), verb).value


def _write(row: Declaration, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _take_back(row: Declaration, reason: str, by: Actor) -> None:
    if row.record is not None:
        revoke(row.record, by=OnBehalf(by), reason=reason, on=timezone.localdate())


def _told(verb: str, row: Declaration, by: Actor, *, after: dict[str, Any] | None = None, reason: str = "") -> None:
    state = {"state": row.state} | (after or {})
    audit.record(f"commitments.declaration.{verb}", row, by=by, after=state, reason=reason, unit_id=row.department_id)


def _required(text: str, field: str, words: str) -> str:
    if not text.strip():
        raise Refused(
            "declaration.reason", words, findings=[Finding("declaration.reason", Level.ERROR, words, field=field)]
        )
    return text.strip()[:500]


def _values(row: Declaration, on: date, issued: str) -> dict[str, object]:
    subject, department = row.subject, row.department
    return {
        "ZZ_BH": issued,
        "ZZ_XDR_MC": subject.name,
        "ZZ_XDR_LB": subject.get_kind_display(),
        "ZZ_XDR_SHXYM": subject.code or "",
        "ZZ_FRDB": subject.legal_representative,
        "ZZ_LB": DECLARATION_KIND_LABELS[DeclarationKind(row.kind)],
        "ZZ_BT": row.title,
        "ZZ_NR": row.body,
        "ZZ_CN": row.promise,
        "ZZ_FSRQ": row.happened_on.isoformat() if row.happened_on else "",
        "ZZ_SBRQ": on.isoformat(),
        "ZZ_YXQZI": row.confirmed_until.isoformat() if row.confirmed_until else "",
        "ZZ_JG": department.name,
        "ZZ_JGDM": department.uscc or "",
        "ZZ_LYDW": department.name,
        "ZZ_LYDWDM": department.uscc or "",
        "ZZ_GKSX": "社会公开",
    }
