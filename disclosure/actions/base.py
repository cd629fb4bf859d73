"""The beat that every verb of a disclosure keeps: lock, policy, move, rules, named fields, audit, what follows on commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Level, Refused
from disclosure.actions.anchoring import record_faces
from disclosure.models import Disclosure, DisclosureChange
from disclosure.rules.publication import refuse
from records.identifiers import personal

Event = DisclosureChange.Event


def locked(disclosure: Disclosure, version: int | None = None) -> Disclosure:
    """The row itself, locked; Conflict when `version` (what the form was opened with) is no longer the row's."""
    row = (
        Disclosure.objects.select_for_update(of=("self",))
        .select_related("record__subject", "source_department", "authority")
        .get(pk=disclosure.pk)
    )
    if version is not None and version != row.version:
        raise Conflict(
            "disclosure.version",
            "该事项在您打开页面后已被更新，您的操作没有保存。",
            mend="请重新打开该事项，核对最新内容后再办理。",
        )
    return row


def write(row: Disclosure, **values: Any) -> Disclosure:
    """Set and save the named fields, with the next version."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = timezone.now()
    row.save(update_fields=[*values, "version", "updated_at"])
    return row


def note(
    verb: str,
    row: Disclosure,
    before: Mapping[str, Any],
    *,
    by: Actor,
    reason: str = "",
    basis: str = "",
    detail: Mapping[str, Any] | None = None,
    face: bool = False,
) -> None:
    """The audit row of one verb; `before` names the changed fields, their new values are read from the row.

    `face`: the verb wrote what the public sees, whose hash goes under the entry (`anchoring.record_faces`).
    """
    after = {name: getattr(row, name) for name in before}
    record_faces(
        f"disclosure.{verb}",
        row,
        faces_of=[row.pk] if face else [],
        by=by,
        before=before,
        after=after,
        reason=reason,
        basis=basis,
        unit_id=row.source_department_id,
        detail=detail,
    )


def announce(row: Disclosure, event: str) -> None:
    """One event for the change feed, in the same transaction; the sequencer numbers it after commit."""
    DisclosureChange.objects.create(disclosure=row, event=event, at=timezone.now())


def announce_many(ids: Sequence[int], event: str) -> None:
    """Events for many disclosures, in the order of their ids."""
    now = timezone.now()
    DisclosureChange.objects.bulk_create(
        [DisclosureChange(disclosure_id=pk, event=event, at=now) for pk in sorted(ids)], batch_size=5000
    )


def staff(by: Actor) -> User | None:
    """The account behind an actor, None for API clients and the platform."""
    return by if isinstance(by, User) else None


def handed_in(by: Actor) -> dict[str, Any]:
    """The columns of an item that is handed to review now."""
    return {"submitted_by": staff(by), "submitted_at": timezone.now(), "reviewed_by": None, "reviewed_at": None}


def public_text(text: str, field: str) -> str:
    """A text that the public will read; Refused at its field when it holds personal data (个人信息保护法 art. 28)."""
    clean = text.strip()
    refuse(finding for finding in personal.findings(clean, field=field) if finding.level is Level.ERROR)
    return clean


def required(text: str, code: str, what: str, article: str = "") -> str:
    """A reason that must be given; Refused when it is blank."""
    clean = text.strip()
    if not clean:
        raise Refused(code, f"请填写{what}。", article=article)
    return clean
