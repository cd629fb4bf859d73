"""What the desk lists and filters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import django_filters
from django.db.models import Q, QuerySet

from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.lists import KitDateFilter
from disclosure.kinds import EVERY
from disclosure.models import Disclosure, DisclosureQuerySet, Reminder
from disclosure.rules.states import LABELS, OPEN, State
from records.identifiers import docnumber

SCOPES = {
    "open": "办理中",
    "overdue": "已逾期",
    "correct": "待更正",
    "public": "公示中",
    "closed": "已结束",
    "all": "全部",
}
CLOSED = (State.WITHDRAWN, State.ENDED, State.REPAIRED, State.EXEMPT)
SHOWN = (State.PUBLISHED, State.SUSPENDED)
STATES = {"open": OPEN, "overdue": OPEN, "correct": SHOWN, "public": SHOWN, "closed": CLOSED}
"""The states that a scope can hold; "all" holds every one."""


def scope_for(scope: str, state: str) -> str:
    """The scope to list when a state is filtered as well: a state that lies outside it is looked for in all."""
    return "all" if state and scope in STATES and state not in STATES[scope] else scope


def desk_list(user: User, scope: str, on: date) -> DisclosureQuerySet:
    """What a staff member may handle, narrowed to a scope of the list; with what the rows show."""
    rows = Disclosure.objects.visible_to(user)
    scopes: dict[str, Callable[[], DisclosureQuerySet]] = {
        "open": lambda: rows.filter(state__in=OPEN),
        "overdue": lambda: rows.filter(state__in=OPEN, due_on__lt=on),
        "correct": rows.to_correct,
        "public": lambda: rows.filter(state__in=SHOWN),
        "closed": lambda: rows.filter(state__in=CLOSED),
        "all": lambda: rows,
    }
    return scopes[scope]().select_related("source_department").defer("shown", "ends_explained")


class DeskFilter(django_filters.FilterSet):
    """Filters of the desk's list; they stay in the address."""

    q = django_filters.CharFilter(label="文书号、名称或信用代码", method="by_text")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(LABELS))
    kind = django_filters.ChoiceFilter(label="信息种类", empty_label="全部", choices=EVERY.choices)
    due_from = KitDateFilter(label="公示截止日自", field_name="due_on", lookup_expr="gte")
    due_to = KitDateFilter(label="公示截止日至", field_name="due_on", lookup_expr="lte")
    late = django_filters.ChoiceFilter(
        label="报送",
        empty_label="全部",
        field_name="arrival_late",
        choices=[("true", "迟报"), ("false", "按时")],
        method="by_lateness",
    )

    class Meta:
        model = Disclosure
        fields = ("q", "state", "kind", "due_from", "due_to", "late")

    def by_text(self, rows: DisclosureQuerySet, name: str, value: str) -> DisclosureQuerySet:
        """A document number from its beginning, a whole code, or a part of the name."""
        text = value.strip()
        number = docnumber.key(text)
        wanted = Q(subject_code=text.upper()) | Q(subject_name__contains=text)
        return rows.filter(wanted | Q(document_key__startswith=number) if number else wanted)

    def by_lateness(self, rows: DisclosureQuerySet, name: str, value: str) -> DisclosureQuerySet:
        """Late or in time; items published on entry are neither."""
        return rows.filter(arrival_late=value == "true", on_entry=False)


class ReminderFilter(django_filters.FilterSet):
    """Filters of the reminders; they stay in the address."""

    q = django_filters.CharFilter(label="文书号、名称或信用代码", method="by_text")
    kind = django_filters.ChoiceFilter(label="提醒种类", empty_label="全部", choices=Reminder.Kind.choices)
    read = django_filters.ChoiceFilter(
        label="阅读", empty_label="全部", choices=[("no", "未读"), ("yes", "已读")], method="by_reading"
    )

    class Meta:
        model = Reminder
        fields = ("q", "kind", "read")

    def by_text(self, rows: QuerySet[Reminder], name: str, value: str) -> QuerySet[Reminder]:
        """As in the list of items."""
        text = value.strip()
        number = docnumber.key(text)
        wanted = Q(disclosure__subject_code=text.upper()) | Q(disclosure__subject_name__contains=text)
        return rows.filter(wanted | Q(disclosure__document_key__startswith=number) if number else wanted)

    def by_reading(self, rows: QuerySet[Reminder], name: str, value: str) -> QuerySet[Reminder]:
        """Those not read yet, or those that were."""
        return rows.filter(read_at__isnull=value == "no")
