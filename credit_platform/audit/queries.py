"""Answers from the trail: old versions of a row, the state of the chain, changes made past the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from credit_platform.audit import rules
from credit_platform.audit.models import (
    AuditEntry,
    AuditHistory,
    AuditPending,
    AuditSeal,
    Checkpoint,
    Rereading,
    SigningKey,
)
from credit_platform.audit.rules.merkle import Frontier
from credit_platform.audit.rules.proofs import Proof, path_of
from credit_platform.audit.verification import UNSEALED_TOO_LONG


def versions_of(table: str, pk: object) -> list[AuditHistory]:
    """Old versions of one row, newest first; `.old` is the row before the change at `.at`. The row is current."""
    return list(AuditHistory.objects.of(table, pk))


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the chain stands now: its last link, what waits, and what has waited too long."""

    head: AuditSeal | None
    waiting: int
    waiting_since: datetime | None
    overdue: bool


def chain_state(now: datetime) -> ChainState:
    """The state of the chain without reading it: cheap enough for every look at the page."""
    pending = AuditPending.objects.aggregate(oldest=Min("entry__at"))
    oldest = pending["oldest"]
    return ChainState(
        head=AuditSeal.objects.order_by("-seq").first(),
        waiting=AuditPending.objects.count(),
        waiting_since=oldest,
        overdue=oldest is not None and oldest < now - UNSEALED_TOO_LONG,
    )


def verifications(limit: int = 10) -> list[AuditEntry]:
    """The last verifications with their outcome, newest first."""
    return list(AuditEntry.objects.filter(verb="audit.verify").order_by("-id")[:limit])


def changed_fields(entry: AuditEntry) -> list[tuple[str, Any, Any, bool]]:
    """Field, value before, value after, whether it differs: for an entry's page."""
    before, after = entry.before or {}, entry.after or {}
    names = list(dict.fromkeys([*before, *after]))
    return [(name, before.get(name), after.get(name), before.get(name) != after.get(name)) for name in names]


def stray_since(days: int) -> int:
    """How many changes of kept tables in the last days nobody had announced."""
    return AuditHistory.objects.without_actor().filter(at__gte=timezone.now() - timedelta(days=days)).count()


def published_checkpoints() -> QuerySet[Checkpoint]:
    """The checkpoints with their keys; everybody may read them."""
    return Checkpoint.objects.select_related("key")


def signing_keys(use: str = "") -> QuerySet[SigningKey]:
    """Every key that signed or signs, for one use or for all, the newest first."""
    rows = SigningKey.objects.order_by("-not_before", "-pk")
    return rows.filter(use=use) if use else rows


def proof_of(entry: AuditEntry) -> Proof | None:
    """That an entry stands under the first checkpoint made after it; None until there is one. Reads the links of that checkpoint's day only."""
    seal = AuditSeal.objects.filter(entry=entry).first()
    if seal is None:
        return None
    over = Checkpoint.objects.filter(size__gte=seal.seq).order_by("size").first()
    if over is None:
        return None
    last = Checkpoint.objects.filter(size__lt=seal.seq).order_by("-size").first()
    before = Frontier(last.size, [bytes.fromhex(each) for each in last.frontier]) if last else Frontier()
    links = AuditSeal.objects.filter(seq__gt=before.size, seq__lte=over.size).order_by("seq")
    fields = AuditEntry.objects.filter(pk=entry.pk).values(*rules.SCHEMES[seal.scheme]).get()
    text = rules.canonical(fields, seal.scheme).decode()
    path = path_of(seal.seq, before, list(links.values_list("hash", flat=True)))
    return Proof(seal.seq, seal.prev_hash, text, path, over.note, seal.algorithm)


def reread_on(day: date) -> bool:
    """Whether a re-reading that began on this day has come to its end."""
    return (
        Rereading.objects.ended().filter(started_at__date=day).exists() and not Rereading.objects.under_way().exists()
    )


def last_rereading() -> Rereading | None:
    """The last re-reading that came to its end."""
    return Rereading.objects.ended().first()


def altered_now() -> int:
    """How many rows the last finished re-reading and the one under way found altered, whichever found more."""
    found = [Rereading.objects.ended().first(), Rereading.objects.under_way().first()]
    return max((run.altered for run in found if run is not None), default=0)


def rereadings(limit: int = 10) -> list[Rereading]:
    """The last re-readings, the one under way among them, newest first."""
    return list(Rereading.objects.order_by("-pk")[:limit])
