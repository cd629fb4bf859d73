"""The writers of the audit trail: an entry for every act and every look, and the sealer of the chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from credit_platform.accounts.actors import Actor
from credit_platform.audit import looks, rules
from credit_platform.audit import members as members_
from credit_platform.audit.context import current_request
from credit_platform.audit.keepsakes import keepsakes
from credit_platform.audit.models import AuditEntry, AuditPending, AuditSeal, Kind
from credit_platform.audit.plain import clean_text, clean_value
from credit_platform.audit.verification import Report, verify
from credit_platform.errors import Refused

# Key of the advisory lock that makes the sealer one at a time; taken for the transaction.
SEALER_LOCK = 0x61756469740001
BREAKS_KEPT = 5


def record(
    verb: str,
    obj: models.Model | None = None,
    *,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    basis: str = "",
    unit_id: int | None = None,
    members: Collection[Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one entry about an act, inside the caller's transaction: when the act is rolled back, so is its entry.

    `verb` reads like a permission ("disclosure.publish"); `before` and `after` hold the changed fields only; `members`
    are the keys of what a batch touched; `unit_id` is the department that owns the object. Personal numbers are
    masked and NULs taken out of every text, whatever the caller gave.
    """
    return AuditEntry.objects.create(
        kind=Kind.ACT,
        verb=clean_text(verb),
        **_actor(by),
        **(_object(obj) if obj is not None or not members else _many(verb, members)),
        unit_id=unit_id,
        before=None if before is None else clean_value(before),
        after=None if after is None else clean_value(after),
        members=None if members is None else clean_value(members),
        detail=None if detail is None else clean_value(detail),
        reason=clean_text(reason),
        basis=clean_text(basis),
    )


def look(
    what: str,
    *,
    by: Actor,
    subject_ref: str,
    purpose: str,
    fields: str = "",
    results: int = 0,
    unit_id: int | None = None,
    basis: str = "",
    particulars: looks.Particulars = looks.NOTHING,
) -> AuditEntry:
    """Register a look at non-public data BEFORE it is shown; what cannot be registered must not be shown.

    `what` names the look ("subject.profile"), `subject_ref` the subject as the desk may see it (never a whole personal
    number), `purpose` why, `fields` which part, `results` how many were found (0 is registered too), `basis` the number
    of the authorisation; `particulars` what the register above the audit keeps beside. Raises Refused when no purpose is given (PIPL
    art. 55 and 56; the city's query register).
    """
    if not purpose.strip():
        raise Refused("audit.purpose", "请填写查询事由。", article="《个人信息保护法》第五十五条、第五十六条")
    detail = ({"fields": fields} if fields else {}) | particulars.as_detail()
    with transaction.atomic():
        entry = AuditEntry.objects.create(
            kind=Kind.LOOK,
            verb=clean_text(what),
            **_actor(by),
            object_type="subject",
            object_id=clean_text(subject_ref),
            object_label=clean_text(subject_ref),
            unit_id=unit_id,
            detail=clean_value(detail) if detail else None,
            purpose=clean_text(purpose),
            basis=clean_text(basis),
            results=max(results, 0),
        )
        looks.keep(entry, particulars)
    return entry


def _actor(by: Actor) -> dict[str, Any]:
    request = current_request()
    return {
        "actor_kind": by.actor_kind,
        "actor_id": by.actor_id,
        "actor_name": clean_text(by.actor_name)[:200],
        "department_id": by.department_id,
        "request_id": request.request_id,
        "ip": request.ip,
    }


def _object(obj: models.Model | None) -> dict[str, str]:
    if obj is None:
        return {}
    return {
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk),
        "object_label": clean_text(str(obj))[:500],
    }


def _many(verb: str, touched: Collection[Any]) -> dict[str, str]:
    """The object of an act on many: how many of what."""
    kind = members_.kind_of(verb)
    return {"object_type": kind.object_type if kind else "", "object_label": members_.counted(verb, len(touched))}


def seal(limit: int = 5000) -> int:
    """Link up to `limit` pending entries into the chain, in the order of their ids; how many were linked.

    One sealer at a time (advisory lock of the transaction); writers never wait for it. Safe to run twice.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
        ids = list(AuditPending.objects.order_by("entry_id").values_list("entry_id", flat=True)[:limit])
        if not ids:
            return 0
        seals = _links(ids)
        AuditSeal.objects.bulk_create(seals, batch_size=1000)
        AuditPending.objects.filter(entry_id__in=ids).delete()
    return len(seals)


def _links(ids: Sequence[int]) -> list[AuditSeal]:
    algorithm = getattr(settings, "AUDIT_HASH", "sha256")
    last = AuditSeal.objects.order_by("-seq").first()
    seq, prev = (last.seq, last.hash) if last else (0, rules.GENESIS)
    seals = []
    entries = AuditEntry.objects.filter(id__in=ids, seal__isnull=True).order_by("id")
    for entry in entries.values(*rules.SCHEMES[rules.CURRENT_SCHEME]):
        seq += 1
        digest = rules.link(seq, prev, rules.canonical(entry), algorithm)
        seals.append(
            AuditSeal(
                seq=seq,
                entry_id=entry["id"],
                prev_hash=prev,
                hash=digest,
                algorithm=algorithm,
                scheme=rules.CURRENT_SCHEME,
            )
        )
        prev = digest
    return seals


def verify_and_record(*, by: Actor, first_seq: int = 1) -> Report:
    """Verify the chain from a link on and leave the outcome in the trail, as the entry "audit.verify".

    What was noted down outside the chain (checkpoints, heads in the backups) is held against it.
    """
    report = verify(first_seq=first_seq, kept=keepsakes())
    outcome = report.as_dict()
    outcome["breaks"] = outcome["breaks"][:BREAKS_KEPT]
    record("audit.verify", by=by, after=outcome)
    return report
