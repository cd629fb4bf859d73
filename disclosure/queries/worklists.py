"""What somebody must do today, by deadline: the sections of the desk's home."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.web.keyset import capped_count
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import Disclosure, DisclosureQuerySet
from disclosure.queries.lowerings import lowerings_waiting, revocations_waiting
from disclosure.queries.moved_ends import moved_ends_unread
from disclosure.rules.states import LABELS, OPEN, State

ROWS = 6
PERFORMANCE_AHEAD = timedelta(days=30)


def work(user: User, on: date) -> list[WorkSection]:
    """The sections for a clerk, a reviewer or the credit office; nothing for anybody else."""
    if not policy.allows(user, "disclosure.view"):
        return []
    mine = Disclosure.objects.visible_to(user)
    found = [
        _section("已逾期未公示", mine.filter(state__in=OPEN, due_on__lt=on), "scope=overdue", Severity.SERIOUS, 10),
        _section(
            "今日到期", mine.filter(state__in=OPEN, due_on=on), f"due_from={on}&due_to={on}", Severity.SERIOUS, 20
        ),
    ]
    if policy.allows(user, "disclosure.submit"):
        drafts = mine.filter(due_on__gt=on)
        found.append(_section("退回待修改", drafts.filter(state=State.RETURNED), "state=returned", Severity.WARN, 30))
        found.append(_section("待提交", drafts.filter(state=State.DRAFT), "state=draft", Severity.INFO, 50))
    if policy.allows(user, "disclosure.review"):
        found.append(
            _section("待审核", mine.filter(state=State.SUBMITTED, due_on__gt=on), "state=submitted", Severity.WARN, 25)
        )
        stuck = mine.filter(state=State.APPROVED, publish_from__lt=on)
        found.append(_section("到发布日未能发布", stuck, "state=approved", Severity.SERIOUS, 15))
    if policy.allows(user, "disclosure.confirm_lowering"):
        found += [revocations_waiting(user, on), lowerings_waiting(user, on)]
    if policy.allows(user, "disclosure.correct"):
        found.append(_section("记录已变更，待更正", mine.to_correct(), "scope=correct", Severity.WARN, 40))
    found.append(moved_ends_unread(user, on))
    if policy.allows(user, "disclosure.state_performance"):
        soon = mine.filter(state=State.PUBLISHED, waits_for_performance=True, ends_on__lte=on + PERFORMANCE_AHEAD)
        found.append(_section("公示期将满，未登记履行情况", soon, "scope=public", Severity.WARN, 60, by="ends_on"))
    return found


def _section(
    title: str, rows: DisclosureQuerySet, query: str, severity: Severity, order: int, *, by: str = "due_on"
) -> WorkSection:
    first = rows.order_by(by, "pk").only(
        "pk", "document_number", "title", "state", "due_on", "ends_on", "subject_name"
    )[:ROWS]
    return WorkSection(
        title=title,
        rows=[
            WorkRow(
                title=f"{row.subject_name}　{row.document_number}",
                url=reverse("disclosure:item", args=[row.pk]),
                due=getattr(row, by),
                note=f"{LABELS[State(row.state)]}　{row.title}"[:60],
            )
            for row in first
        ],
        count=capped_count(rows),
        url=f"{reverse('disclosure:list')}?{query}",
        severity=severity,
        order=order,
    )
