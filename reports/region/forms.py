"""Taking in a report of another region, and finding those that were taken in."""

from __future__ import annotations

import django_filters
from django import forms

from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import KitDateFilter
from records.identifiers.clean import clean_code
from reports.models import ForeignReport
from reports.region.rules import SEAL_LABELS


class TakeInForm(ActionForm):
    """Whose report, its file, what it was handed in for."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        help_text="报告所说的主体，18 位。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="报告文件",
        help_text="出具方提供的原始 PDF，不超过10兆字节。打印后扫描的没有签章，不能说明是谁出具的。",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    matter = forms.CharField(label="办理的事项", max_length=100)
    case_number = forms.CharField(label="办件编号", max_length=60, help_text="没有办件编号的，填写来访登记号。")

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])


class ForeignFilter(django_filters.FilterSet):
    """The reports of the desk's list."""

    code = django_filters.CharFilter(label="统一社会信用代码", field_name="subject__code")
    number = django_filters.CharFilter(label="登记编号", field_name="number", lookup_expr="startswith")
    seal = django_filters.ChoiceFilter(label="签章", choices=choices(SEAL_LABELS))
    since = KitDateFilter(label="登记日期从", field_name="taken_at", lookup_expr="date__gte")
    until = KitDateFilter(label="到", field_name="taken_at", lookup_expr="date__lte")

    class Meta:
        model = ForeignReport
        fields: tuple[str, ...] = ()
