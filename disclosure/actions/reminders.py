"""Reminders of what falls due: one row per item, kind and day, so that a sweep run twice reminds once."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.web.formats import cn_date
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure, Reminder
from disclosure.rules.deadlines import REMINDERS

KINDS = {3: Reminder.Kind.THREE_LEFT, 1: Reminder.Kind.ONE_LEFT}
BATCH = 5000


def remind(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: remind of items with 3 and with 1 working day left, and every day of those that are late; how many new.

    Asks "due on or before", so a sweep that did not run one day still reminds of what it missed (kind by what is left now).
    """
    on = on or timezone.localdate()
    days = calendar()
    limits = {left: days.deadline(on, left).due_on for left in REMINDERS}
    made = 0
    with acting(by):
        policy.require(by, "disclosure.remind")
        made += _make(Reminder.Kind.LATE, on, Disclosure.objects.open().filter(due_on__lt=on))
        nearest = on
        for left in sorted(REMINDERS):
            rows = Disclosure.objects.open().filter(due_on__lte=limits[left])
            rows = rows.filter(due_on__gte=nearest) if nearest == on else rows.filter(due_on__gt=nearest)
            made += _make(KINDS[left], on, rows.exclude(reminders__kind=KINDS[left]))
            nearest = limits[left]
        if made:
            audit.record("disclosure.remind", by=by, detail={"on": on, "made": made})
    return made


def _make(kind: str, on: date, rows: object) -> int:
    made = 0
    found = rows.exclude(reminders__kind=kind, reminders__on=on)  # type: ignore[attr-defined]
    for row in found.order_by("pk").iterator(chunk_size=BATCH):
        _, new = Reminder.objects.get_or_create(
            disclosure=row,
            kind=kind,
            on=on,
            defaults={"department_id": row.source_department_id, "text": _text(kind, row, on)},
        )
        made += new
    return made


def _text(kind: str, row: Disclosure, on: date) -> str:
    what = f"{row.document_number} {row.title}"[:180]
    until = f"公示截止日{cn_date(row.due_on)}"
    if kind == Reminder.Kind.LATE:
        return f"已逾期：{what}，{until}，至今未公示。"
    return f"{Reminder.Kind(kind).label}：{what}，{until}。"


def read_reminders(user: User, ids: list[int]) -> int:
    """Mark reminders of the own department as read; how many."""
    with acting(user):
        policy.require(user, "disclosure.read_reminders", user.department_id)
        unread = Reminder.objects.filter(pk__in=ids, department=user.department, read_at__isnull=True)
        return unread.update(read_at=timezone.now())
