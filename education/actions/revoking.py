"""A certificate that should not have been issued: challenged by one, revoked or upheld by another."""

from __future__ import annotations

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, refuse, required
from credit_platform.web.once import require_version
from education.actions.base import CHECK
from education.models import Certificate
from education.rules import certificates as rules


def challenge(certificate: Certificate, *, reason: str, by: User, seen: str) -> Certificate:
    """Ask that a certificate be revoked, with the reason. Raises Refused without one, Forbidden, Conflict."""
    with acting(by):
        row = _moved(certificate, "challenge", by, seen)
        refuse(required(reason, "reason", "请写明撤销原因。", rule="education.reason", most=300))
        row.challenged_by, row.reason = by, reason.strip()
        return _saved(row, "challenge", by)


def revoke(certificate: Certificate, *, by: User, seen: str) -> Certificate:
    """Another person revokes a challenged certificate: it reads as revoked from now on. Raises Forbidden, Conflict."""
    with acting(by):
        row = _moved(certificate, "revoke", by, seen)
        if row.challenged_by_id == by.pk:
            raise Forbidden("education.two_people", "提出撤销的人不能复核。", mend="请由本单位另一名审核员办理。")
        row.revoked_by, row.revoked_on = by, timezone.localdate()
        return _saved(row, "revoke", by)


def uphold(certificate: Certificate, *, by: User, seen: str) -> Certificate:
    """A challenged certificate stays as it was; what was said against it remains in the trail. Raises Forbidden, Conflict."""
    with acting(by):
        row = _moved(certificate, "uphold", by, seen)
        row.challenged_by, row.reason = None, ""
        return _saved(row, "uphold", by)


def _moved(certificate: Certificate, verb: str, by: User, seen: str) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("course_version__course__department")
    row = rows.get(pk=certificate.pk)
    policy.require(by, CHECK, row.course_version.course.department)
    require_version(row, seen)
    row.state = rules.next_state(rules.State(row.state), verb).value
    return row


def _saved(row: Certificate, verb: str, by: User) -> Certificate:
    row.version += 1
    row.save()
    after = {"number": row.number, "state": row.state}
    unit = row.course_version.course.department_id
    audit.record(f"education.{verb}", row, by=by, after=after, reason=row.reason, unit_id=unit)
    return row
