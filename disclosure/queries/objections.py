"""What others file in an authority's name, and the objections against it."""

from __future__ import annotations

from datetime import date, timedelta

import django_filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import Role, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.labels import choices
from credit_platform.web.keyset import capped_count
from credit_platform.web.lists import KitDateFilter
from credit_platform.web.worklists import Severity, WorkRow, WorkSection
from disclosure.kinds import EVERY
from disclosure.models import AuthorityObjection, Disclosure, DisclosureQuerySet
from disclosure.models.objections import AuthorityObjectionQuerySet
from disclosure.rules.objections import OBJECTION_LABELS
from disclosure.rules.states import LABELS, State
from records.identifiers import docnumber

FRESH = timedelta(days=14)
"""For so many calendar days after its arrival an item filed in an authority's name stands on that authority's desk."""
_ROWS = 6


def filed_in_our_name(user: User) -> DisclosureQuerySet:
    """Items that name the user's authority as the deciding one and were filed by another department; the credit office sees all such."""
    rows = Disclosure.objects.filter(on_entry=False, authority__is_external=False).exclude(
        source_department=F("authority")
    )
    if Role.CREDIT_OFFICE not in user.roles:
        own = own_department_ids(user.department_id, timezone.localdate()) if user.department_id else []
        rows = rows.filter(authority_id__in=own).exclude(source_department_id__in=own)
    return rows.select_related("source_department", "authority").defer("shown", "ends_explained")


class NamedFilter(django_filters.FilterSet):
    """Filters of what is filed in the own name."""

    q = django_filters.CharFilter(label="文书号或名称", method="by_text")
    kind = django_filters.ChoiceFilter(label="信息种类", empty_label="全部", choices=EVERY.choices)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(LABELS))
    since = KitDateFilter(label="报送日期自", field_name="arrived_on", lookup_expr="gte")
    until = KitDateFilter(label="报送日期至", field_name="arrived_on", lookup_expr="lte")

    class Meta:
        model = Disclosure
        fields = ("q", "kind", "state", "since", "until")

    def by_text(self, rows: QuerySet[Disclosure], name: str, value: str) -> QuerySet[Disclosure]:
        return rows.filter(Q(document_key__startswith=docnumber.key(value)) | Q(subject_name__contains=value.strip()))


class ObjectionFilter(django_filters.FilterSet):
    """Filters of objections."""

    q = django_filters.CharFilter(label="文书号或名称", method="by_text")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(OBJECTION_LABELS))
    since = KitDateFilter(label="提出日期自", field_name="raised_at", lookup_expr="date__gte")
    until = KitDateFilter(label="提出日期至", field_name="raised_at", lookup_expr="date__lte")

    class Meta:
        model = AuthorityObjection
        fields = ("q", "state", "since", "until")

    def by_text(self, rows: QuerySet[AuthorityObjection], name: str, value: str) -> QuerySet[AuthorityObjection]:
        found = Q(disclosure__document_key__startswith=docnumber.key(value))
        return rows.filter(found | Q(disclosure__subject_name__contains=value.strip()))


def objections_of(user: User) -> AuthorityObjectionQuerySet:
    """The objections that concern somebody, with what the list shows."""
    return AuthorityObjection.objects.visible_to(user).select_related("authority", "disclosure__source_department")


def objection_work(user: User, on: date) -> list[WorkSection]:
    """For the authority named what came lately in its name; for the credit office and who filed the objections that wait."""
    if not policy.allows(user, "disclosure.view"):
        return []
    found = []
    if policy.allows(user, "disclosure.object"):
        rows = filed_in_our_name(user).filter(arrived_on__gte=on - FRESH, objected=False)
        rows = rows.exclude(state__in=(State.WITHDRAWN, State.EXEMPT)).order_by("-arrived_on", "-pk")
        told = [
            WorkRow(
                title=f"{row.subject_name}　{row.document_number}",
                url=reverse("disclosure:named-item", args=[row.pk]),
                note=f"{row.source_department.name}以本机关名义报送",
            )
            for row in rows[:_ROWS]
        ]
        url = reverse("disclosure:named")
        found.append(
            WorkSection("他单位以本机关名义报送", told, capped_count(rows), url, severity=Severity.WARN, order=45)
        )
    waiting = objections_of(user).waiting().order_by("pk")
    told = [
        WorkRow(
            title=f"{row.disclosure.subject_name}　{row.disclosure.document_number}",
            url=reverse("disclosure:objection", args=[row.pk]),
            note=f"{row.authority.name}：{row.reason}"[:60],
        )
        for row in waiting[:_ROWS]
    ]
    url = f"{reverse('disclosure:objections')}?state=raised"
    found.append(WorkSection("决定机关异议待处理", told, capped_count(waiting), url, severity=Severity.WARN, order=44))
    return found
