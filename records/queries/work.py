"""What the ledger adds to the first page of the desk: forms begun, merges that wait for a second person."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.formats import cn_datetime
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import WorkRow, WorkSection
from records.models import EntryDraft, MergeCase
from records.rules import MergeState
from records.standards import registry

SHOWN = 5


def ledger_work(user: User, on: date) -> list[WorkSection]:
    """Sections for the desk's home; nothing for people who neither enter nor decide merges."""
    sections = []
    if policy.allows(user, "records.enter"):
        sections.append(_drafts(user))
    if policy.allows(user, "records.merge.decide"):
        sections.append(_merges(user))
    return sections


def _drafts(user: User) -> WorkSection:
    mine = EntryDraft.objects.of_author(user).select_related("item").order_by("-updated_at")
    names = {each.code: each.name for each in registry.all()}
    rows = [
        WorkRow(
            "　".join(filter(None, (_named(draft, names), drafted_for(draft)))),
            draft_url(draft),
            note=f"{cn_datetime(timezone.localtime(draft.updated_at))} 暂存",
        )
        for draft in mine[:SHOWN]
    ]
    url = reverse("records:choose")
    return WorkSection("未完成的录入", rows, capped_count(mine), url, empty_text="没有暂存的表单。", order=60)


def _merges(user: User) -> WorkSection:
    waiting = (
        MergeCase.objects.filter(state=MergeState.PROPOSED).exclude(proposed_by=user).select_related("keep", "drop")
    )
    rows = [
        WorkRow(f"{case.drop.name} 并入 {case.keep.name}", reverse("records:merge", args=[case.pk]))
        for case in waiting.order_by("pk")[:SHOWN]
    ]
    url = reverse("records:merges")
    return WorkSection("待复核的主体合并", rows, capped_count(waiting), url, empty_text="没有待复核的合并。", order=70)


def _named(draft: EntryDraft, names: dict[str, str]) -> str:
    return draft.item.name if draft.item else names.get(draft.standard, draft.standard)


def drafted_for(draft: EntryDraft) -> str:
    """The name of the subject as typed so far; "" when there is none, or for an item with fields of the city's own."""
    known = next((each for each in registry.all() if each.code == draft.standard), None)
    typed = draft.data.get(known.roles.get("subject_name", "")) if known else None
    return typed.strip() if isinstance(typed, str) else ""


def draft_url(draft: EntryDraft) -> str:
    """Where a draft is continued."""
    standard = "local" if draft.item else draft.standard
    item = f"&item={draft.item.code}" if draft.item else ""
    return reverse("records:new", args=[standard]) + f"?draft={draft.token}{item}"
