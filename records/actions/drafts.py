"""Forms begun and not finished. Personal numbers in them are sealed like everywhere else."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.utils import timezone

from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden
from records.identifiers.clean import clean_code
from records.identifiers.idcard import mask_id
from records.identifiers.personal import hidden
from records.models import CatalogueItem, EntryDraft
from records.standards.declaration import Field, Standard

KEPT_DAYS = 90
"""How many calendar days a form that nobody touches is kept."""
_AT_ONCE = 1_000


def save_draft(
    standard: Standard,
    raw: Mapping[str, object],
    *,
    by: User,
    token: uuid.UUID,
    department: Department,
    item: CatalogueItem | None = None,
) -> EntryDraft:
    """Keep what was typed for its author, once per form (`token`); saving again replaces it.

    A personal number that was left blank keeps the one saved before. Raises Forbidden for somebody else's form.
    """
    with acting(by):
        policy.require(by, "records.enter", department)
        draft = EntryDraft.objects.select_for_update().filter(token=token).first()
        if draft is not None and draft.author_id != by.pk:
            raise Forbidden("draft.author", "这份暂存表单属于其他人员。")
        data = sealed_data(raw, draft.data if draft else {}, standard)
        draft, _ = EntryDraft.objects.update_or_create(
            token=token,
            defaults={
                "author": by,
                "department": department,
                "standard": standard.code,
                "item": item,
                "data": data,
                "updated_at": timezone.now(),
            },
        )
    return draft


def discard_draft(draft: EntryDraft, *, by: User) -> None:
    """Throw a draft away; only its author may (Forbidden)."""
    with acting(by):
        if draft.author_id != by.pk:
            raise Forbidden("draft.author", "这份暂存表单属于其他人员。")
        EntryDraft.objects.filter(pk=draft.pk).delete()


def expire_drafts(*, by: Actor) -> int:
    """Throw away what nobody has touched for `KEPT_DAYS` calendar days, whoever began it; how many.

    Set-wise, one entry of the audit for each thousand. Only the clock may (Forbidden). 《个人信息保护法》第十九条: no longer than needed.
    """
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    gone = 0
    while True:
        with acting(by):
            policy.require(by, "records.drafts.expire")
            old = EntryDraft.objects.select_for_update(skip_locked=True).filter(updated_at__lt=before).order_by("pk")
            drafts = list(old.values_list("pk", flat=True)[:_AT_ONCE])
            if drafts:
                EntryDraft.objects.filter(pk__in=drafts).delete()
                audit.record("records.draft.expire", by=by, after={"count": len(drafts)}, members=drafts)
        gone += len(drafts)
        if len(drafts) < _AT_ONCE:
            return gone


def sealed_data(raw: Mapping[str, object], former: Mapping[str, Any], standard: Standard) -> dict[str, Any]:
    """What was typed, JSON-ready, without blanks; what is or holds a personal number sealed, such a field left blank as saved before."""
    data: dict[str, Any] = {}
    for each in standard.fields:
        typed = str(raw.get(each.code) or "").strip()
        number = clean_code(typed) if each.is_personal else typed if hidden(typed) != typed else ""
        before = former.get(each.code)
        if number:
            data[each.code] = _sealed(number, each)
        elif typed:
            data[each.code] = typed
        elif isinstance(before, dict):
            data[each.code] = before
    return data


def with_sealed(raw: Mapping[str, object], draft: EntryDraft | None, standard: Standard) -> dict[str, object]:
    """The row with the draft's personal numbers opened where the form left them blank.

    They go to the validation of the same author's form and are sealed again there: nobody sees them, so no look is registered.
    """
    return open_blanks(raw, draft.data if draft else {}, standard)


def open_blanks(raw: Mapping[str, object], kept: Mapping[str, Any], standard: Standard) -> dict[str, object]:
    """`raw` with the sealed numbers of `kept` opened for the fields that are blank."""
    row = dict(raw)
    for each in standard.fields:
        sealed = kept.get(each.code)
        if not str(row.get(each.code) or "").strip() and isinstance(sealed, dict):
            row[each.code] = sealing.open_sealed(cast(sealing.Sealed, sealed)) if sealed.get("sealed") else ""
    return row


def _sealed(number: str, field: Field) -> sealing.Sealed:
    return sealing.seal(number, mask_id(number) if field.is_personal else hidden(number))
