"""What may be asked of corrections: which talk it would be today, the draft of an order, what a record's page shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.workdays.rules.days import chinese
from records.models import CreditRecord, Subject
from records.panels import Block, Link, PublicThen
from sanctions.corrections import rules
from sanctions.corrections.models import CorrectionCase
from sanctions.corrections.rules import CORRECTION, Talk
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Nature


def talk_now(case: Case, on: date) -> Talk:
    """Which talk a subject would be called to on a day."""
    assert case.subject is not None  # noqa: S101 - a case is opened on a record, which has a subject
    serious = ListEntry.objects.listed(on).of(case.subject).of_nature(Nature.SERIOUS).exists()
    last = CorrectionCase.objects.talked().of(case.subject).exclude(case=case).order_by("-talk_held_on").first()
    return rules.talk_of(on_serious_list=serious, last_talk_on=last.talk_held_on if last else None, on=on)


def draft_order(case: Case, on: date) -> dict[str, Any]:
    """What the form of an order holds at first."""
    row: CorrectionCase = case.own
    found = f"{chinese(row.found.decided_on)}作出“{row.found.title}”（{row.found.document_number}）"
    subject = case.subject.name if case.subject else ""
    text = rules.order_text(subject=subject, found=found, facts=row.facts, demands=row.demands, days=rules.DAYS)
    return {"notice": text, "days": rules.DAYS}


def draft_talk(case: Case, on: date) -> dict[str, Any]:
    """What the form of an invitation holds at first."""
    return {"talk_at": f"{case.department.name}会议室"}


def more(case: Case, user: User, on: date) -> dict[str, Any]:
    """What the page of a case adds: which talk it would be, and whether what was promised is late."""
    row: CorrectionCase = case.own
    kind = row.talk or (talk_now(case, on) if case.state == rules.S.FAILING else None)
    return {"talk": rules.TALK_LABELS[kind] if kind else "", "late": row.is_late_on(on)}


class CorrectionPanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """The cases on a record, and the way to a new one for who brought it."""
        if record.kind not in rules.KINDS or not policy.allows(user, CORRECTION.view, record.source_department):
            return None
        rows = CorrectionCase.objects.filter(found=record).select_related("case").order_by("-pk")
        cases = [Case.objects.get(pk=row.pk) for row in rows[:3]]
        links = [Link(case.number, reverse("correction:case", args=[case.pk])) for case in cases]
        may = (
            record.status == "active"
            and record.subject.code
            and policy.allows(user, rules.HANDLE, record.source_department)
        )
        if may and not any(row.is_open for row in rows):
            links.append(Link("责令整改", reverse("correction:new", args=[record.pk])))
        if not links:
            return None
        return Block("整改和约谈", [(case.number, case.get_state_display()) for case in cases], links=links)

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        return None

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        return {}


panel = CorrectionPanel()
