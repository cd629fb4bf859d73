"""The beat that every verb of a disclosure keeps: lock, policy, move, rules, named fields, audit, what follows on commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Level, Refused
from disclosure import followers
from disclosure.actions.anchoring import record_faces
from disclosure.followers import Verb
from disclosure.models import Disclosure, DisclosureChange
from disclosure.rules.publication import refuse
from records.identifiers import personal

Event = DisclosureChange.Event
EVENTS = {
    Verb.APPEARED: Event.APPEARED,
    Verb.CHANGED: Event.CHANGED,
    Verb.ENDED: Event.ENDED,
    Verb.SUSPENDED: Event.ENDED,
    Verb.REPAIRED: Event.ENDED,
    Verb.RESTORED: Event.APPEARED,
    Verb.WITHDRAWN: Event.ENDED,
}
"""What the change feed says of each: whether an item is there or no longer."""
NEVER_PUBLIC = "记录变更后依法不得公开，已自动中止公示。"


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


def announce(verb: Verb, row: Disclosure, *, by: Actor, seen: bool = True) -> None:
    """`announce_many` for one; `seen`: whether the public sees or saw it until now."""
    announce_many(verb, [row.pk], by=by, seen=None if seen else [])


def announce_many(verb: Verb, ids: Sequence[int], *, by: Actor, seen: Sequence[int] | None = None) -> None:
    """What happened to disclosures that were written, told in the same transaction: to the change feed, in the order of their ids (the
    sequencer numbers the events after commit), and to the followers.

    `seen`: those among them that the public sees or saw until now, by default all; the others are no event of the feed.
    """
    if not ids:
        return
    now = timezone.now()
    events = [
        DisclosureChange(disclosure_id=pk, event=EVENTS[verb], at=now) for pk in sorted(ids if seen is None else seen)
    ]
    DisclosureChange.objects.bulk_create(events, batch_size=5000)
    followers.tell(verb, sorted(ids), by=by)


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
