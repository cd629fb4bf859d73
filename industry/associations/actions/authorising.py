"""A department authorises an association: drafted by one, granted by another, ended with a reason."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.hearing import scanned
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, refuse, required
from credit_platform.web.once import require_version
from industry.associations import rules
from industry.associations.models import Association
from records.models import Subject


def draft(
    subject: Subject,
    *,
    scope: str,
    document: str,
    valid_from: date,
    valid_until: date,
    department: Department,
    by: User,
) -> Association:
    """Draft an authorisation of an association. Raises Refused for what is missing, Conflict while one stands, Forbidden."""
    with acting(by):
        policy.require(by, rules.HANDLE, department)
        refuse([
            *required(scope, "scope", "请填写授权范围。", rule="associations.scope", most=300),
            *required(document, "document", "请填写授权文号。", rule="associations.document", most=128),
            *rules.against_days(valid_from, valid_until),
            *scanned(scope=scope),
        ])  # fmt: skip
        standing = (rules.State.DRAFTED, rules.State.AUTHORISED)
        if Association.objects.select_for_update().filter(subject=subject, state__in=standing).exists():
            raise Conflict("associations.authorised", "该协会已有授权，或者正在办理授权。")
        row = Association.objects.create(
            subject=subject,
            department=department,
            scope=scope.strip(),
            document=document.strip(),
            valid_from=valid_from,
            valid_until=valid_until,
            drafted_by=by,
        )
        audit.record("associations.draft", row, by=by, after={"document": row.document}, unit_id=department.pk)
        return row


def authorise(association: Association, *, by: User, seen: str) -> Association:
    """Another person of the department grants the authorisation. Raises Forbidden for who drafted it, Conflict."""
    with acting(by):
        row = _moved(association, "authorise", by, rules.DECIDE, seen)
        if row.drafted_by_id == by.pk:
            raise Forbidden("associations.two_people", "拟定人不能授权。", mend="请由本单位另一名审核员办理。")
        row.authorised_by = by
        return _saved(row, "authorise", by)


def discard(association: Association, *, reason: str, by: User, seen: str) -> Association:
    """A draft that is not granted. Raises Refused without a reason, Conflict, Forbidden."""
    with acting(by):
        row = _moved(association, "discard", by, rules.HANDLE, seen)
        refuse(required(reason, "note", "请写明原因。", rule="associations.note", most=300))
        row.note = reason.strip()
        return _saved(row, "discard", by)


def end(association: Association, *, reason: str, by: User, seen: str) -> Association:
    """The department takes the authorisation back: nothing of the association is shown from now on. Raises Refused, Conflict, Forbidden."""
    with acting(by):
        row = _moved(association, "end", by, rules.DECIDE, seen)
        refuse(required(reason, "note", "请写明原因。", rule="associations.note", most=300))
        row.note, row.ended_on = reason.strip(), timezone.localdate()
        return _saved(row, "end", by)


def _moved(association: Association, verb: str, by: User, permission: str, seen: str) -> Association:
    rows = Association.objects.select_for_update(of=("self",)).select_related("subject", "department")
    row = rows.get(pk=association.pk)
    policy.require(by, permission, row.department)
    require_version(row, seen)
    row.state = rules.next_state(rules.State(row.state), verb).value
    return row


def _saved(row: Association, verb: str, by: User) -> Association:
    row.version += 1
    row.save()
    after = {"state": row.state}
    audit.record(f"associations.{verb}", row, by=by, after=after, reason=row.note, unit_id=row.department_id)
    return row
