"""Subjects whose queries are looked at one by one: entered and taken off by auditors, told to nobody else."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, refuse, required
from lookups.actions.reviewing import REVIEW
from lookups.models import Notable
from records.models import Subject


def mark_notable(subject: Subject, *, reason: str, by: User) -> Notable:
    """From today every query of `subject` stands in the queue. Who: auditor. Refused without a reason; Conflict when it is marked."""
    refuse(required(reason, "reason", "请写明理由。", rule="lookups.reason", most=200))
    with acting(by):
        policy.require(by, REVIEW)
        Subject.objects.select_for_update().get(pk=subject.pk)
        if Notable.objects.filter(subject=subject, valid_until__isnull=True).exists():
            raise Conflict("lookups.notable", "该主体已在重点关注对象中。")
        row = Notable.objects.create(subject=subject, reason=reason.strip(), valid_from=timezone.localdate())
        audit.record("lookups.notable", row, by=by, reason=row.reason)
    return row


def end_notable(notable: Notable, *, by: User) -> Notable:
    """From today its queries are queries like others. Who: auditor. Conflict when it had ended."""
    with acting(by):
        policy.require(by, REVIEW)
        row = Notable.objects.select_for_update().get(pk=notable.pk)
        if row.valid_until is not None:
            raise Conflict("lookups.notable-ended", "该主体已移出重点关注对象。")
        row.valid_until = max(row.valid_from, timezone.localdate() - timedelta(days=1))
        row.save(update_fields=["valid_until"])
        audit.record("lookups.notable_end", row, by=by)
    return row
