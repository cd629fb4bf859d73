"""The filters of the ledger, and what the steps of a case ask."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from casework.forms import LONG, StepForm
from credit_platform.accounts.models import User
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.lists import KitDateFilter, RowFilter
from deliveries.models import Delivery, Recipient
from deliveries.rules.deliveries import STATE_LABELS, WHAT_LABELS
from records.identifiers import docnumber


def _recipients(request: HttpRequest | None) -> QuerySet[Recipient]:
    """Those whose deliveries the person may see."""
    rows = Recipient.objects.select_related("client", "department")
    if request is None or not isinstance(request.user, User):
        return rows.none()
    return rows.filter(pk__in=Delivery.objects.visible_to(request.user).order_by().values("recipient"))


class DeliveryFilter(django_filters.FilterSet):
    """Which items, which recipient, which change."""

    q = django_filters.CharFilter(label="公示编号、主体、信用代码或文书号", method="by_text")
    recipient = RowFilter(label="接收单位", empty_label="全部", queryset=_recipients)
    what = django_filters.ChoiceFilter(label="变更", empty_label="全部", choices=choices(WHAT_LABELS))
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(STATE_LABELS))
    made_from = KitDateFilter(label="变更日期不早于", field_name="made_on", lookup_expr="gte")
    due_to = KitDateFilter(label="期限不晚于", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Delivery
        fields: ClassVar[tuple[str, ...]] = ()

    def by_text(self, rows: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        """Exactly by what is printed on the item, or by a part of the subject's name."""
        text = value.strip()
        found = Q(disclosure__public_id=text) | Q(disclosure__subject_code=text.upper())
        number = docnumber.key(text)
        if number:
            found |= Q(disclosure__document_key=number)
        return rows.filter(found | Q(disclosure__subject_name__contains=text))


class OrderForm(StepForm):
    """The order."""

    document_number = forms.CharField(label="责令更新文书号", max_length=128)
    reason = forms.CharField(label="未更新的情况和要求", max_length=300, widget=LONG, help_text="接收单位会读到。")
    on = ChineseDateField(label="日期")


class PauseForm(StepForm):
    """The pause."""

    document_number = forms.CharField(label="决定文书号", max_length=128)
    reason = forms.CharField(label="暂停共享的理由", max_length=300, widget=LONG, help_text="接收单位会读到。")
    on = ChineseDateField(label="日期")


class ApplyForm(StepForm):
    """What was looked at before the end of the pause is asked for."""

    reason = forms.CharField(
        label="核对的情况", max_length=500, widget=LONG, help_text="写明怎样核对了接收单位已经更新。"
    )
    on = ChineseDateField(label="日期")


class ResumeForm(StepForm):
    """The end of the pause."""

    reason = forms.CharField(label="核准意见", max_length=500, widget=LONG)
    on = ChineseDateField(label="日期")


class DenyForm(StepForm):
    """Why the pause stands."""

    reason = forms.CharField(
        label="不予恢复的理由", max_length=300, widget=LONG, help_text="写明还需要做什么，接收单位会读到。"
    )
    on = ChineseDateField(label="日期")
