"""What is past its time is destroyed by the clock, but for what is held; holds are placed and ended by two people."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, connection
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, at_field, refuse, required
from credit_platform.web.once import require_version
from lookups.retention.kinds import kinds
from lookups.retention.models import Disposal, RetentionHold
from lookups.retention.queries import Planned, plan
from lookups.retention.rules import SECOND, HoldState, next_state

RETENTION, CHUNK = "lookups.retention", 200
LOCK = 7_310_019
"""Placing a hold and disposing wait for one another (an advisory lock), so that nothing goes a moment after it was held."""


def dispose_due(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """Destroy the content of what is past its time and not held; how much. Safe to run twice, in parallel, and to be killed: each chunk is a
    transaction, and files go after their rows have said so. Who: the clock (`lookups.dispose`)."""
    on, done = on or timezone.localdate(), 0
    policy.require(by, "lookups.dispose")
    while (gone := _chunk(on, by)) > 0:
        done += gone
    return done


def _chunk(on: date, by: Actor) -> int:
    """One transaction: some rows of the first kind that has any."""
    with acting(by):
        _one_at_a_time()
        for planned in plan(on):
            rows = dict(planned.going.values_list("pk", "number")[:CHUNK])
            if rows:
                _destroyed(planned, rows, on, by)
                return len(rows)
    return 0


def _destroyed(planned: Planned, rows: dict[int, str], on: date, by: Actor) -> None:
    code = planned.kind.code
    planned.kind.keeping.destroy(list(rows), on)
    made = [Disposal(kind=code, number=number, on=on, rule=planned.rule[:340]) for number in rows.values()]
    Disposal.objects.bulk_create(made)
    audit.record("lookups.dispose", by=by, members=list(rows), detail={"kind": code, "on": on, "rule": planned.rule})


def propose(kind: str, number: str, *, reason: str, document: str, by: User) -> RetentionHold:
    """Hold something back from disposal, from this moment. Who: credit office, security administrator.

    Refused with every finding: a kind or a number that is not there, no reason, no paper; Conflict when it is held already.
    """
    number = number.strip()
    refuse(_against(kind, number, reason, document))
    try:
        with acting(by):
            policy.require(by, RETENTION)
            _one_at_a_time()
            row = RetentionHold.objects.create(
                kind=kind, number=number, reason=reason.strip(), document=document.strip(), proposed_by=by
            )
            audit.record("lookups.retention.propose", row, by=by, after={"kind": kind, "number": number}, reason=reason)
    except IntegrityError as error:
        raise Conflict("lookups.hold.once", "该编号已经保全。") from error
    return row


def confirm(hold: RetentionHold, *, by: User, version: str | None = None) -> RetentionHold:
    """Another person stands for it. Forbidden for who proposed it. From PROPOSED."""
    return _moved(hold, "confirm", by, version)


def decline(hold: RetentionHold, *, by: User, version: str | None = None) -> RetentionHold:
    """Another person does not: it may be disposed of again. Forbidden for who proposed it. From PROPOSED."""
    return _moved(hold, "decline", by, version)


def ask_release(hold: RetentionHold, *, reason: str, by: User, version: str | None = None) -> RetentionHold:
    """Propose that a hold ends; it works on until another person confirms. Refused without words. From HELD."""
    refuse(required(reason, "reason", "请写明解除保全的理由。", rule="lookups.hold.reason", most=300))
    return _moved(hold, "ask_release", by, version, reason.strip())


def release(hold: RetentionHold, *, by: User, version: str | None = None) -> RetentionHold:
    """Another person ends it. Forbidden for who asked. From RELEASING."""
    return _moved(hold, "release", by, version)


def keep(hold: RetentionHold, *, by: User, version: str | None = None) -> RetentionHold:
    """Another person does not end it. Forbidden for who asked. From RELEASING."""
    return _moved(hold, "keep", by, version)


def _moved(hold: RetentionHold, verb: str, by: User, version: str | None, reason: str = "") -> RetentionHold:
    with acting(by):
        policy.require(by, RETENTION)
        row = RetentionHold.objects.select_for_update().get(pk=hold.pk)
        if version is not None:
            require_version(row, version)
        row.state = next_state(row.state, verb).value
        if verb in SECOND and getattr(row, SECOND[verb]) == by.pk:
            raise Forbidden("lookups.hold.two_people", "提出的人不能确认。", mend="请由另一人办理。")
        _write(row, verb, by, reason)
        row.version += 1
        row.save()
        after = {"state": row.state, "kind": row.kind, "number": row.number}
        audit.record(f"lookups.retention.{verb}", row, by=by, after=after, reason=reason)
    return row


def _write(row: RetentionHold, verb: str, by: User, reason: str) -> None:
    """Who did it, in the column of the verb."""
    if verb == "confirm":
        row.confirmed_by = by
    elif verb == "ask_release":
        row.release_asked_by, row.release_reason = by, reason
    elif verb == "keep":
        row.release_asked_by, row.release_reason = None, ""
    elif verb == "release":
        row.released_by = by
    if row.state in (HoldState.DECLINED, HoldState.RELEASED):
        row.ended_at = timezone.now()


def _against(kind: str, number: str, reason: str, document: str) -> list[Finding]:
    found = list(required(reason, "reason", "请写明保全的理由。", rule="lookups.hold.reason", most=300))
    found += required(document, "document", "请填写文书号。", rule="lookups.hold.document", most=100)
    known = {each.code: each for each in kinds()}.get(kind)
    if known is None:
        found.append(at_field("lookups.hold.kind", "kind", "请选择种类。"))
    elif not number or not known.keeping.exists(number):
        found.append(at_field("lookups.hold.number", "number", f"没有这个编号的{known.label}。", mend="请核对编号。"))
    return found


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
