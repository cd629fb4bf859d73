"""What a department once said about headers and units of its files: to be looked at, and to be forgotten."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from records.models import HeaderMapping
from records.standards import registry


class HeaderFilter(django_filters.FilterSet):
    """Filters of the list."""

    header = django_filters.CharFilter(label="表头", lookup_expr="icontains")
    standard = django_filters.ChoiceFilter(label="数据标准", choices=registry.choices)

    class Meta:
        model = HeaderMapping
        fields: tuple[str, ...] = ()


def headers_of(user: User) -> QuerySet[HeaderMapping]:
    """The remembered headers that a person may look at: of the own department, or all for the credit office."""
    rows = HeaderMapping.objects.select_related("department", "mapped_by")
    return rows if "credit_office" in user.roles else rows.filter(department_id=user.department_id or 0)


def meaning(row: HeaderMapping) -> str:
    """What a header stands for, in words: a field by its label, or that the column is left out."""
    if not row.field:
        return "不导入此列"
    known = {each.code: each for each in registry.all()}.get(row.standard)
    if known is None or not known.has(row.field):
        return row.field
    return known.field(row.field).label


def forget(row: HeaderMapping, *, by: Actor) -> None:
    """Forget a header: the next file that has it is asked about again; what was imported stays. Who may: `records.import` of the department."""
    with acting(by):
        policy.require(by, "records.import", row.department)
        found = HeaderMapping.objects.select_for_update().filter(pk=row.pk).first()
        if found is None:
            return
        audit.record(
            "records.import.forget-header",
            row.department,
            by=by,
            before={"standard": found.standard, "header": found.header, "field": found.field, "unit": found.unit},
            unit_id=row.department_id,
        )
        found.delete()
