"""The beat of every verb of a row: lock, ask the policy, look the move up, write, note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from sanctions.filed import rules
from sanctions.filed.models import FiledRow
from sanctions.filed.rules import ROW_LABELS, ROW_MOVES, RowState

FIELDS = ("state", "why", "subject", "record", "missing_since")


@dataclass(slots=True)
class AtRow:
    """Where a verb stands: the locked row, what goes into the audit, and the verb where the block finds another than it began with."""

    row: FiledRow
    verb: str
    by: User
    reason: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@contextmanager
def row_step(row: FiledRow, verb: str, permission: str, *, by: User, version: str | None = None) -> Iterator[AtRow]:
    """Carry a verb out on a row, in one transaction; "" as verb leaves the state as it is.

    Forbidden when the policy does not allow it to `by`; Conflict when the state has no such move or the row was saved since `version`.
    """
    with acting(by):
        locked = FiledRow.objects.select_for_update(of=("self",)).select_related(
            "department", "publication__department", "subject", "record"
        )
        found = locked.get(pk=row.pk)
        if version is not None:
            require_version(found, version)
        policy.require(by, permission, found.department)
        before = _seen(found)
        at = AtRow(found, verb, by)
        yield at
        if at.verb:
            found.state = next_state(
                ROW_MOVES, ROW_LABELS, RowState(found.state), at.verb, code="filed.row-state", what="名单条目"
            )
        found.version, found.updated_at = found.version + 1, timezone.now()
        found.save(update_fields=[*FIELDS, "version", "updated_at"])
        audit.record(
            f"sanctions.filed.{at.verb or verb or 'keep'}", found, by=by, before=before, after=_seen(found), reason=at.reason,
            basis=rules.ARTICLE, unit_id=found.department_id, detail=at.detail or None,
        )  # fmt: skip


def allowed(row: FiledRow, verb: str) -> None:
    """Conflict when the row's state has no such move: asked before what the verb does outside the row."""
    next_state(ROW_MOVES, ROW_LABELS, RowState(row.state), verb, code="filed.row-state", what="名单条目")


def _seen(row: FiledRow) -> Mapping[str, Any]:
    return {"state": row.state, "subject": row.subject_id, "record": row.record_id, "missing_since": row.missing_since}
