"""What the ledger's pages show of disclosures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import capped_count
from disclosure.models import Disclosure
from disclosure.queries.then import public_then
from records.models import CreditRecord, Subject, SubjectKind
from records.panels import Block, Link, PublicThen


class DisclosurePanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """Where the record stands in the procedure."""
        row = Disclosure.objects.filter(record=record).select_related("source_department").first()
        if row is None:
            return None
        rows: list[tuple[str, object]] = []
        if not row.on_entry:
            rows += [("公示截止日", row.due_on), ("报送", row.late_reason)]
        if row.published_on:
            rows += [("公示日期", row.published_on), ("公示至", row.ends_on or "无截止日")]
        if row.ended_why:
            rows.append(("说明", row.ended_why))
        if row.awaits_confirmation and row.withdraw_due_on:
            rows.append(("撤回期限（3个工作日）", row.withdraw_due_on))
        seen = policy.allows(user, "disclosure.view", row.source_department)
        links = [Link("打开公示事项", reverse("disclosure:item", args=[row.pk]))] if seen else []
        note = "记录已变更，公示内容待更正。" if row.needs_correction else ""
        return Block("信息公示", rows, row.get_state_display(), row.tone, links, note)

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """How many are shown to the public today, with the public page; nothing for natural persons, who have none."""
        if subject.kind == SubjectKind.PERSON or not subject.code:
            return None
        shown = capped_count(Disclosure.objects.visible_on(timezone.localdate()).filter(subject=subject))
        page = Link("打开公示页面", f"/subjects/{subject.code}/")
        return Block("信息公示", [("公示中", f"{shown} 条")], links=[page])

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Word and tone for the records of a list."""
        rows = Disclosure.objects.filter(record_id__in=list(record_ids)).only("record_id", "state")
        return {row.record_id: (row.get_state_display(), row.tone) for row in rows}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Which of the records the public could see on a day, and the face that it saw."""
        return {
            record_id: PublicThen(shown.until_end, [(line.label, line.value) for line in shown.face])
            for record_id, shown in public_then(record_ids, day).items()
        }


panel = DisclosurePanel()
