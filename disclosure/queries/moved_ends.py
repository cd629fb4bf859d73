"""Ends that moved because periods were reckoned again: the list of a department, its filters, what is unread."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse

from credit_platform.accounts.desk import offer_departments, within
from credit_platform.accounts.models import Department, User
from credit_platform.web.desk import section
from credit_platform.web.formats import cn_date
from credit_platform.web.lists import KitDateFilter
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.models import MovedEnd
from disclosure.models.moved_ends import MovedEndQuerySet
from records.identifiers import docnumber


def moved_ends_for(user: User, on: date) -> MovedEndQuerySet:
    """What a member of staff may see of it, with what the rows show: the own department's; the credit office everything."""
    rows = MovedEnd.objects.select_related("disclosure", "department").defer(
        "disclosure__shown", "disclosure__ends_explained"
    )
    return within(rows, user, on)


def moved_ends_unread(user: User, on: date) -> WorkSection:
    """The section of the desk's home: which ends moved and nobody of the department has read it."""
    rows = moved_ends_for(user, on).unread().order_by("-pk")
    url = f"{reverse('disclosure:moved-ends')}?read=no"
    return section("公示截止日有变动", rows, _line, url=url, severity=Severity.INFO, order=45)


def told_end(day: date | None, waited: bool = False) -> str:
    """A last day as the list says it."""
    return "期满并履行之日" if waited else cn_date(day) if day else "无截止日"


def _line(row: MovedEnd) -> WorkRow:
    item = row.disclosure
    return WorkRow(
        title=f"{item.subject_name}　{item.document_number}",
        url=reverse("disclosure:item", args=[item.pk]),
        due=None,
        note=f"{told_end(row.old_end, row.waited)} → {told_end(row.new_end)}{'，已停止公示' if row.stopped else ''}",
    )


class MovedEndFilter(django_filters.FilterSet):
    """Filters of the list; they stay in the address."""

    q = django_filters.CharFilter(label="文书号、名称或信用代码", method="by_text")
    stopped = django_filters.ChoiceFilter(
        label="公示", empty_label="全部", choices=[("true", "已停止公示"), ("false", "继续公示")], method="by_stop"
    )
    read = django_filters.ChoiceFilter(
        label="阅读", empty_label="全部", choices=[("no", "未读"), ("yes", "已读")], method="by_reading"
    )
    end_from = KitDateFilter(label="现截止日自", field_name="new_end", lookup_expr="gte")
    end_to = KitDateFilter(label="现截止日至", field_name="new_end", lookup_expr="lte")
    department = django_filters.ModelChoiceFilter(
        label="部门", empty_label="全部", queryset=Department.objects.none(), method="by_department"
    )

    class Meta:
        model = MovedEnd
        fields = ("q", "stopped", "read", "end_from", "end_to", "department")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_departments(self, MovedEnd.objects.values("department_id"))

    def by_text(self, rows: MovedEndQuerySet, name: str, value: str) -> MovedEndQuerySet:
        """As in the list of items."""
        text = value.strip()
        number = docnumber.key(text)
        wanted = Q(disclosure__subject_code=text.upper()) | Q(disclosure__subject_name__contains=text)
        return rows.filter(wanted | Q(disclosure__document_key__startswith=number) if number else wanted)

    def by_stop(self, rows: MovedEndQuerySet, name: str, value: str) -> MovedEndQuerySet:
        """Those that stopped being public with it, or go on."""
        return rows.filter(stopped=value == "true")

    def by_reading(self, rows: MovedEndQuerySet, name: str, value: str) -> MovedEndQuerySet:
        """Those not read yet, or those that were."""
        return rows.filter(read_at__isnull=value == "no")

    def by_department(self, rows: MovedEndQuerySet, name: str, value: Department) -> MovedEndQuerySet:
        """Those of one department's items."""
        return rows.filter(department=value)
