"""What the ledger's pages show of lists: on which a subject stands, and the entry behind a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from records.models import CreditRecord, Subject
from records.panels import Block, Link, PublicThen
from sanctions.lists.models import ListEntry
from sanctions.lists.queries.desk import entries_of
from sanctions.lists.rules import Nature

WEIGHING = (Nature.SERIOUS, Nature.ABNORMAL)


class ListPanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """The entry that a record is, its term and how it ended."""
        entry = ListEntry.objects.filter(record=record).select_related("credit_list").first()
        if entry is None or not policy.allows(user, "sanctions.view"):
            return None
        on = timezone.localdate()
        rows: list[tuple[str, object]] = [("名单", entry.credit_list.name), ("期限届满", entry.ends_on or "无固定期限")]
        if entry.ended_on:
            rows.append((entry.get_ended_way_display(), entry.ended_on))
        seen = entries_of(user, on).filter(pk=entry.pk).exists()
        links = [Link("打开名单条目", reverse("lists:entry", args=[entry.pk]))] if seen else []
        return Block("名单", rows, "在列" if entry.stands_on(on) else "已移出", "neutral", links)

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """The lists on which the subject stands today, as far as the user may see them."""
        if not policy.allows(user, "sanctions.view"):
            return None
        on = timezone.localdate()
        listed = list(entries_of(user, on).listed(on).of(subject).order_by("-entered_on", "-pk"))
        if not listed:
            return None
        rows = [(each.credit_list.name, each.ends_on or "无固定期限") for each in listed]
        serious = any(each.credit_list.nature in WEIGHING for each in listed)
        links = [Link("查看名单条目", f"{reverse('lists:entries')}?q={subject.code}")] if subject.code else []
        return Block("在列的名单（期限届满）", list(rows), "在列", "serious" if serious else "good", links)

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Nothing: the list of records tells how they are published."""
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Nothing of its own: entries are published by disclosures."""
        return {}


panel = ListPanel()
