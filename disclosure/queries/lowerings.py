"""What was said to make items lighter, to keep them from the public or to take them from there: the list, its filters, what waits."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Count, Q
from django.urls import reverse

from credit_platform.accounts.desk import offer_departments, within
from credit_platform.accounts.models import Department, User
from credit_platform.web.desk import Scopes, section
from credit_platform.web.lists import KitDateFilter
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import Lowering, LoweringQuerySet
from records.identifiers import docnumber

State = Lowering.State
SCOPES = Scopes(
    {
        "waiting": ("待确认", (State.WAITING,)),
        "confirmed": ("已确认", (State.CONFIRMED,)),
        "barred": ("依法不予采用", (State.BARRED,)),
        "closed": ("未予确认、已失效", (State.DENIED, State.VOID)),
        "all": ("全部", None),
    }
)


def lowerings_for(user: User, on: date) -> LoweringQuerySet:
    """What a member of staff may see of it, with what the rows show: the own department's; the credit office everything."""
    rows = Lowering.objects.select_related("disclosure", "department", "decided_by").defer(
        "disclosure__shown", "disclosure__ends_explained"
    )
    return within(rows, user, on)


def waiting_by_department() -> list[dict[str, Any]]:
    """How many wait in each department, the most first: what the credit office sees above its list (one grouped query)."""
    rows = Lowering.objects.waiting().values("department_id", "department__name").annotate(n=Count("pk"))
    return [dict(row) for row in rows.order_by("-n", "department__name")]


def lowerings_waiting(user: User, on: date) -> WorkSection:
    """The section of the desk's home: what waits for a second person, by the day on which the item falls due."""
    rows = lowerings_for(user, on).waiting().exclude(what=Lowering.What.REVOCATION).order_by("disclosure__due_on", "pk")
    return section(
        "较轻认定、不公示待确认", rows, _line, url=reverse("disclosure:lowerings"), severity=Severity.WARN, order=22
    )


def revocations_waiting(user: User, on: date) -> WorkSection:
    """Hidden because their decision is said to be revoked, by the last of the 3 working days (行政处罚法 art. 48)."""
    rows = lowerings_for(user, on).waiting().filter(what=Lowering.What.REVOCATION)
    return section(
        "原决定撤销待复核",
        rows.order_by("disclosure__withdraw_due_on", "pk"),
        _line,
        url=f"{reverse('disclosure:lowerings')}?what=revocation",
        severity=Severity.SERIOUS,
        order=12,
    )


def _line(row: Lowering) -> WorkRow:
    item = row.disclosure
    return WorkRow(
        title=f"{item.subject_name}　{item.document_number}",
        url=reverse("disclosure:item", args=[item.pk]),
        due=row.due_on,
        note=f"{row.get_what_display()}　{row.text}"[:60],
    )


class LoweringFilter(django_filters.FilterSet):
    """Filters of the list; they stay in the address."""

    q = django_filters.CharFilter(label="文书号、名称或信用代码", method="by_text")
    what = django_filters.ChoiceFilter(label="事由", empty_label="全部", choices=Lowering.What.choices)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=State.choices)
    said_from = KitDateFilter(label="提出日期自", field_name="said_at", lookup_expr="date__gte")
    said_to = KitDateFilter(label="提出日期至", field_name="said_at", lookup_expr="date__lte")
    department = django_filters.ModelChoiceFilter(
        label="部门", empty_label="全部", queryset=Department.objects.none(), method="by_department"
    )

    class Meta:
        model = Lowering
        fields = ("q", "what", "state", "said_from", "said_to", "department")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_departments(self, Lowering.objects.values("department_id"))

    def by_text(self, rows: LoweringQuerySet, name: str, value: str) -> LoweringQuerySet:
        """As in the list of items."""
        text = value.strip()
        number = docnumber.key(text)
        wanted = Q(disclosure__subject_code=text.upper()) | Q(disclosure__subject_name__contains=text)
        return rows.filter(wanted | Q(disclosure__document_key__startswith=number) if number else wanted)

    def by_department(self, rows: LoweringQuerySet, name: str, value: Department) -> LoweringQuerySet:
        """Those of one department's items."""
        return rows.filter(department=value)
