"""What every verb of education does: the row locked, the permission asked, the trail told."""

from __future__ import annotations

from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.errors import Conflict
from credit_platform.web.once import require_version
from education.models import CourseVersion
from education.rules import courses as rules

DRAFT, CHECK, LEARN = "education.draft", "education.check", "education.learn"
"""Permissions: who writes a course, who checks one, and a company that learns."""


def locked(version: CourseVersion, by: User, permission: str, seen: str | None = None) -> CourseVersion:
    """The locked version for somebody of its department; Forbidden, and Conflict when it was changed since `seen`."""
    rows = CourseVersion.objects.select_for_update(of=("self",)).select_related("course__department")
    row = rows.get(pk=version.pk)
    policy.require(by, permission, row.course.department)
    if seen is not None:
        require_version(row, seen)
    return row


def editable(version: CourseVersion, by: User, seen: str | None = None) -> CourseVersion:
    """The locked version while it is being written; Conflict once it was submitted."""
    row = locked(version, by, DRAFT, seen)
    if row.state != rules.State.DRAFT:
        raise Conflict(
            "education.state", f"该版本{row.get_state_display()}，不能修改。", mend="需要修改的，请编写新的版本。"
        )
    return row


def grown(row: CourseVersion, *fields: str) -> None:
    """Save the named fields with the next number, so that who looks at an older form is told."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def tell(verb: str, row: CourseVersion, by: Actor, *, after: dict[str, Any] | None = None, reason: str = "") -> None:
    """The row of the audit trail for a verb."""
    state = {"course": row.course.code, "number": row.number, "state": row.state} | (after or {})
    audit.record(f"education.{verb}", row, by=by, after=state, reason=reason, unit_id=row.course.department_id)
