"""What of the exchange waits for the credit office at the desk's home."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.desk import section
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from exchange.models import Message
from exchange.rules.messages import State


def work(user: User, on: date) -> list[WorkSection]:
    """What the other side rejected, or what was tried in vain; nothing for anybody else."""
    if not policy.allows(user, "exchange.mend"):
        return []
    rows = Message.objects.filter(state__in=(State.REJECTED, State.PARKED)).select_related("channel", "disclosure")
    address = f"{reverse('exchange:messages')}?scope=mend"
    return [
        section("对方退回或者暂存的交换消息", rows.order_by("pk"), _line, url=address, severity=Severity.WARN, order=42)
    ]


def _line(row: Message) -> WorkRow:
    return WorkRow(
        f"{row.disclosure.subject_name}　{row.disclosure.document_number}",
        reverse("exchange:message", args=[row.pk]),
        note=f"{row.get_state_display()}（{row.channel}）",
    )
