"""The one writer of the register: a row for every look, in the look's own transaction, wherever it began."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from credit_platform.audit.looks import Particulars
from credit_platform.audit.models import AuditEntry
from lookups.models import AskedNumber, Authorisation, Purpose, Query, ServiceWindow
from lookups.queries.targets import subject_of_ref
from lookups.rules.questions import RANDOM_BYTES, Authority, Outcome, query_number
from lookups.sealed_places import sealed_number
from records.identifiers import idcard


@dataclass(frozen=True, slots=True)
class AtWindow:
    """What a window adds to a look: the purpose of the list, by which right, with which paper, for whom; from when the subject is told."""

    purpose: Purpose
    authority: Authority
    authorisation: Authorisation | None
    visitor: str
    window: ServiceWindow | None
    told_from: date | None
    token: UUID | None


def keep(entry: AuditEntry, particulars: Particulars) -> None:
    """Write the row of a look (`audit.looks`). What it raises takes the look back, so that nothing is shown."""
    at = particulars.more if isinstance(particulars.more, AtWindow) else None
    now = timezone.now()
    subject_id = particulars.subject_id or (None if particulars.number else subject_of_ref(entry.object_id))
    row = Query(
        number=query_number(timezone.localdate(now), os.urandom(RANDOM_BYTES)),
        entry=entry.pk,
        at=now,
        way=entry.verb,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        department_id=entry.department_id,
        why=entry.purpose,
        matter=particulars.matter[:100],
        case_number=(particulars.case_number or entry.basis)[:200],
        subject_id=subject_id,
        subject_ref=entry.object_label[:200],
        number_asked=_number(particulars.number) if particulars.number else None,
        fields=str((entry.detail or {}).get("fields", ""))[:500],
        ip=entry.ip,
        refused=particulars.refused[:500],
    )
    if at is not None:
        row.purpose, row.authority, row.authorisation = at.purpose, at.authority.value, at.authorisation
        row.visitor, row.window, row.told_from, row.token = at.visitor, at.window, at.told_from, at.token
    if particulars.refused:
        row.outcome, row.results, row.answered_at = Outcome.REFUSED.value, 0, now
    elif particulars.answered:
        row.outcome, row.results, row.answered_at = outcome_of(entry.results or 0).value, entry.results, now
    row.save(force_insert=True)


def outcome_of(results: int) -> Outcome:
    """What so many results are."""
    return Outcome.ANSWERED if results else Outcome.EMPTY


def _number(number: str) -> AskedNumber:
    digest, cipher = sealed_number(number)
    values = {"cipher": cipher, "masked": idcard.mask_id(number)}
    return AskedNumber.objects.get_or_create(digest=digest, defaults=values)[0]
