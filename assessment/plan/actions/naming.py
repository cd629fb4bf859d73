"""Contact persons and documents of a department: entered by it, never overwritten."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from assessment.plan import rules
from assessment.plan.models import Contact, Document, Task
from assessment.plan.rules import DOCUMENT_LABELS, DocumentState
from casework.actions.hearing import scanned
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, at_field, refuse, required
from credit_platform.web.once import require_version


def name_contact(
    department: Department, kind: str, *, name: str, post: str, phone: str, by: User, on: date | None = None
) -> Contact:
    """Name who answers for the plan from a day on (today); the former of the kind ends the day before, or goes when it began the same day.

    Clerks and reviewers of the department (组织实施第1项). Refused without name, post or telephone, and for a day before the former began.
    """
    start = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        refuse([
            *required(name, "name", "请填写姓名。", rule="contact.name", most=50),
            *required(post, "post", "请填写职务。", rule="contact.post", most=60),
            *required(phone, "phone", "请填写办公电话。", rule="contact.phone", most=30),
        ])  # fmt: skip
        Department.objects.select_for_update().get(pk=department.pk)
        former = Contact.objects.filter(department=department, kind=kind, valid_until__isnull=True).first()
        if former is not None:
            if start <= former.valid_from:
                words = "起始日期应晚于现任的起始日期；当日报错的，请次日更正。"
                refuse([at_field("contact.order", "on", words)])
            former.valid_until = start - timedelta(days=1)
            former.save(update_fields=["valid_until"])
        row = Contact.objects.create(
            department=department,
            kind=kind,
            name=name.strip(),
            post=post.strip(),
            phone=phone.strip(),
            valid_from=start,
        )
        audit.record("assessment.contact", row, by=by, after={"kind": kind, "valid_from": start}, unit_id=department.pk)
        return row


def list_document(department: Department, task: Task, *, title: str, planned_on: date, by: User) -> Document:
    """Put a planned document on the department's list (组织实施第2项). Clerks and reviewers of the department. Refused without a title."""
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        refuse([*required(title, "title", "请填写文件名称。", rule="document.title", most=200), *scanned(title=title)])
        row = Document.objects.create(department=department, task=task, title=title.strip(), planned_on=planned_on)
        audit.record("assessment.document", row, by=by, after={"title": row.title}, unit_id=department.pk)
        return row


def change_document(
    row: Document,
    *,
    state: str,
    number: str,
    on: date,
    link: str = "",
    by: User,
    version: str | None = None,
) -> Document:
    """A document is issued on a day (with its number), or repealed on one. Clerks and reviewers of the department. Refused without a number, for a
    day in the future or before it was issued, and backwards."""
    today = timezone.localdate()
    with acting(by):
        row = Document.objects.select_for_update(of=("self",)).select_related("department").get(pk=row.pk)
        policy.require(by, rules.HANDLE, row.department)
        if version is not None:
            require_version(row, version)
        refuse(_against(row, state, number, on, link, today))
        row.state, row.link, row.version = state, link.strip(), row.version + 1
        if state == DocumentState.ISSUED:
            row.number, row.issued_on = number.strip(), on
        else:
            row.repealed_on = on
        row.save(update_fields=["state", "link", "number", "issued_on", "repealed_on", "version"])
        after = {"state": state, "on": on, "number": row.number}
        audit.record("assessment.document.change", row, by=by, after=after, unit_id=row.department_id)
        return row


ORDER = list(DocumentState)


def _against(row: Document, state: str, number: str, on: date, link: str, today: date) -> list[Finding]:
    found = []
    if (
        state not in set(DocumentState)
        or ORDER.index(DocumentState(state)) != ORDER.index(DocumentState(row.state)) + 1
    ):
        now = DOCUMENT_LABELS[DocumentState(row.state)]
        found.append(at_field("document.state", "state", f"现在是“{now}”，只能登记下一个状态。"))
    if state == DocumentState.ISSUED:
        found += required(number, "number", "请填写文号。", rule="document.number", most=100)
    if on > today:
        found.append(at_field("document.future", "on", "日期不得晚于今天。"))
    if row.issued_on is not None and on < row.issued_on:
        found.append(at_field("document.order", "on", "废止日期不得早于印发日期。"))
    if link and not link.startswith(("https://", "http://")):
        found.append(at_field("document.link", "link", "公开网址应以 https:// 或者 http:// 开头。"))
    return found
