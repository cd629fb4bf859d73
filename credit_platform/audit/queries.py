"""Answers from the trail: old versions of a row, the state of the chain, changes made past the application."""

from __future__ import annotations

from datetime import datetime

from credit_platform.audit.models import AuditHistory


def versions_of(table: str, pk: object) -> list[AuditHistory]:
    """Old versions of one row, newest first; `.old` is the row before the change at `.at`. The row is current."""
    return list(AuditHistory.objects.of(table, pk))


def stray_changes(since: datetime) -> list[AuditHistory]:
    """Changes of sensitive rows since a moment that nobody had announced with `acting`, newest first, at most 500."""
    return list(AuditHistory.objects.without_actor().filter(at__gte=since).order_by("-id")[:500])
