"""A session is planned and announced: the query of who is invited is frozen with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from casework.actions.hearing import scanned
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, at_field, refuse, required
from credit_platform.web.once import require_version
from education.actions.base import DRAFT
from education.trainings import rules
from education.trainings.models import Invitation, Training
from education.trainings.queries import subjects_with_items

FIELDS = ("course", "title", "on", "begins", "ends", "place", "trainer", "capacity", "least_minutes")
KINDS = ("penalty",)
"""Kinds of public items that an invitation may ask for; what a list says has its own hearing."""


def plan(given: Mapping[str, Any], *, department: Department, by: User) -> Training:
    """Plan a session. `given`: the values of `FIELDS`. Raises Refused for times out of order and a day that is over, Forbidden."""
    with acting(by):
        policy.require(by, DRAFT, department)
        refuse([
            *rules.against_plan(
                given["begins"], given["ends"], least=given["least_minutes"], on=given["on"], today=timezone.localdate()
            ),
            *scanned(title=given["title"], place=given["place"], trainer=given["trainer"]),
        ])  # fmt: skip
        row = Training.objects.create(department=department, planned_by=by, **{name: given[name] for name in FIELDS})
        tell("plan", row, by)
        return row


def announce(training: Training, *, kinds: Sequence[str] = KINDS, own: bool, by: User, seen: str) -> Training:
    """Announce a session and invite everybody whom the query finds today: subjects with public items of `kinds`, of one's own department or of all.

    Raises Refused when nobody is found or more than 5,000 are, Forbidden, Conflict.
    """
    on = timezone.localdate()
    with acting(by):
        row = locked(training, by, DRAFT, seen)
        state = rules.next_state(rules.State(row.state), "announce")
        found = list(
            subjects_with_items(kinds, on, department=row.department_id if own else None)[: rules.INVITED_MOST + 1]
        )
        if not found or len(found) > rules.INVITED_MOST:
            words = "没有符合条件的主体。" if not found else f"符合条件的主体超过{rules.INVITED_MOST:,}户。"
            raise Refused("training.invited", words, findings=[at_field("training.invited", "own", words)])
        Invitation.objects.bulk_create([Invitation(training=row, subject=each) for each in found], batch_size=1000)
        row.asked = {"kinds": list(kinds), "own": own, "on": on.isoformat(), "invited": len(found)}
        row.state = state.value
        grown(row)
        tell("announce", row, by, after=row.asked)
        return row


def cancel(training: Training, *, reason: str, by: User, seen: str) -> Training:
    """A session does not take place; who was invited reads why. Raises Refused without a reason, Forbidden, Conflict."""
    with acting(by):
        row = locked(training, by, DRAFT, seen)
        state = rules.next_state(rules.State(row.state), "cancel")
        refuse(required(reason, "note", "请写明取消原因。", rule="training.note", most=300))
        row.state, row.note = state.value, reason.strip()
        grown(row)
        tell("cancel", row, by, reason=row.note)
        return row


def locked(training: Training, by: User, permission: str, seen: str | None = None) -> Training:
    """The locked row for somebody of its department; Forbidden, Conflict when it was changed since `seen`."""
    rows = Training.objects.select_for_update(of=("self",)).select_related("department", "course")
    row = rows.get(pk=training.pk)
    policy.require(by, permission, row.department)
    if seen is not None:
        require_version(row, seen)
    return row


def grown(row: Training) -> None:
    """Save the row with the next version."""
    row.version += 1
    row.save()


def tell(verb: str, row: Training, by: User, *, after: Mapping[str, Any] | None = None, reason: str = "") -> None:
    """The row of the audit trail for a verb."""
    state = {"state": row.state, **(after or {})}
    audit.record(f"education.training_{verb}", row, by=by, after=state, reason=reason, unit_id=row.department_id)
