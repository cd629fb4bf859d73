"""What waits at the desk: a department's open deliveries, and for the credit office who is late."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.formats import cn_date
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from deliveries.models import Delivery
from deliveries.queries import lateness

SHOWN = 5


def work(user: User, on: date) -> list[WorkSection]:
    """The sections of the desk's home."""
    if policy.allows(user, "deliveries.enforce"):
        return [_late(on)]
    if policy.allows(user, "deliveries.acknowledge"):
        return [_own(user)]
    return []


def _own(user: User) -> WorkSection:
    rows = Delivery.objects.visible_to(user).open()
    first = rows.select_related("disclosure", "recipient__client", "recipient__department").order_by("due_on", "pk")
    shown = [
        WorkRow(
            f"{each.disclosure.subject_name}　{each.disclosure.document_number}",
            f"{reverse('delivery:list')}?q={each.disclosure.public_id}",
            due=each.due_on,
            note=f"{each.get_what_display()}（{each.recipient.name}）",
        )
        for each in first[:SHOWN]
    ]
    return WorkSection(
        "本单位查询过的信息有变更，待更新并回执",
        shown,
        capped_count(rows),
        url=reverse("delivery:list"),
        severity=Severity.WARN,
        empty_text="没有待回执的变更。",
        order=45,
    )


def _late(on: date) -> WorkSection:
    late = lateness(on)
    rows = [
        WorkRow(
            each.recipient.name,
            f"{reverse('delivery:list')}?scope=late&recipient={each.recipient.pk}",
            note=f"{each.count} 条逾期，最早应于{cn_date(each.oldest)}前更新",
        )
        for each in late[:SHOWN]
    ]
    return WorkSection(
        "逾期未更新的接收单位",
        rows,
        len(late),
        url=reverse("delivery:recipients"),
        severity=Severity.SERIOUS,
        empty_text="没有逾期未更新的接收单位。",
        order=39,
    )
