"""Reminders of what falls due: one row per item, kind and day, so that a sweep run twice reminds once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db import connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.pg import copy_into_new
from credit_platform.web.formats import cn_date
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure, DisclosureQuerySet, Reminder
from disclosure.rules.deadlines import REMINDERS

KINDS = {3: Reminder.Kind.THREE_LEFT, 1: Reminder.Kind.ONE_LEFT}
BATCH = 5000
TOLD = ("pk", "source_department_id", "document_number", "title", "due_on")
STAGE = "stage_reminder"
COLUMNS = (("disclosure_id", "bigint"), ("department_id", "bigint"), ("text", "text"))
INSERT = """
INSERT INTO disclosure_reminder (disclosure_id, department_id, kind, "on", text, created_at)
SELECT disclosure_id, department_id, %s, %s, text, now() FROM stage_reminder ORDER BY disclosure_id
ON CONFLICT (disclosure_id, kind, "on") DO NOTHING
"""


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


def _make(kind: str, on: date, rows: DisclosureQuerySet) -> int:
    """COPY and one INSERT a chunk; what another run has reminded of meanwhile is not counted."""
    found = rows.exclude(reminders__kind=kind, reminders__on=on).only(*TOLD).order_by("pk")
    made = 0
    for chunk in _chunks(found.iterator(chunk_size=BATCH)):
        copy_into_new(STAGE, COLUMNS, ((row.pk, row.source_department_id, _text(kind, row, on)) for row in chunk))
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [kind, on])
            made += cursor.rowcount
    return made


def _chunks(rows: Iterator[Disclosure]) -> Iterator[list[Disclosure]]:
    while chunk := list(islice(rows, BATCH)):
        yield chunk


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
