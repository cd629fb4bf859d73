"""The filters of the lists, and what the steps of a channel ask."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import KitDateFilter, RowFilter
from exchange.models import Arrival, Channel, Message, Parcel
from exchange.rules.messages import STATE_LABELS, VERB_LABELS, WHY_LABELS
from exchange.rules.parcels import PARCEL_LABELS
from records.identifiers import docnumber


class MessageFilter(django_filters.FilterSet):
    """Which items, which channel, where they stand."""

    q = django_filters.CharFilter(label="公示编号、主体、信用代码或文书号", method="by_text")
    channel = RowFilter(label="通道", empty_label="全部", queryset=Channel.objects.outward().select_related("partner"))
    verb = django_filters.ChoiceFilter(label="操作", empty_label="全部", choices=choices(VERB_LABELS))
    why = django_filters.ChoiceFilter(label="起因", empty_label="全部", choices=choices(WHY_LABELS))
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(STATE_LABELS))
    number_from = django_filters.NumberFilter(label="序号不小于", field_name="number", lookup_expr="gte")
    number_to = django_filters.NumberFilter(label="序号不大于", field_name="number", lookup_expr="lte")
    made_from = KitDateFilter(label="形成日期不早于", field_name="made_at", lookup_expr="date__gte")

    class Meta:
        model = Message
        fields: ClassVar[tuple[str, ...]] = ()

    def by_text(self, rows: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """Exactly by what is printed on the item, or by a part of the subject's name."""
        text = value.strip()
        matching = Q(key=text) | Q(disclosure__subject_code=text.upper())
        number = docnumber.key(text)
        if number:
            matching |= Q(disclosure__document_key=number)
        return rows.filter(matching | Q(disclosure__subject_name__contains=text))


class ParcelFilter(django_filters.FilterSet):
    """Which parcels."""

    channel = RowFilter(label="通道", empty_label="全部", queryset=Channel.objects.outward().select_related("partner"))
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(PARCEL_LABELS))
    sent_from = KitDateFilter(label="发送日期不早于", field_name="sent_at", lookup_expr="date__gte")

    class Meta:
        model = Parcel
        fields: ClassVar[tuple[str, ...]] = ()


class ArrivalFilter(django_filters.FilterSet):
    """Which parcels of partners."""

    channel = RowFilter(label="通道", empty_label="全部", queryset=Channel.objects.inward().select_related("partner"))
    arrived_from = KitDateFilter(label="到达日期不早于", field_name="arrived_at", lookup_expr="date__gte")

    class Meta:
        model = Arrival
        fields: ClassVar[tuple[str, ...]] = ()


class PlainForm(ActionForm):
    """A step that asks nothing but to be confirmed."""


class ReasonForm(ActionForm):
    """Why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RangeForm(ActionForm):
    """Which numbers go again, and why."""

    first = forms.IntegerField(label="起始序号", min_value=1)
    last = forms.IntegerField(label="截止序号", min_value=1, help_text="含此序号；一次最多十万个。")
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如“对方恢复了前一日的备份”。同一幂等键重发，对方已有的答复“重复”。",
    )
