"""Asking for a report, sharing it, taking a shared one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import KitDateFilter
from records.identifiers.clean import clean_code
from reports.models import ProofField, Report, ReportPurpose
from reports.rules.channels import CHANNEL_LABELS


class PurposeForm(ActionForm):
    """What a report is for."""

    purpose = forms.ModelChoiceField(
        label="用途",
        queryset=ReportPurpose.objects.none(),
        to_field_name="code",
        empty_label="请选择",
        help_text="写在报告首页。",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["purpose"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = ReportPurpose.objects.filter(is_active=True)
        chosen.label_from_instance = lambda obj: f"{obj.name}（{obj.sentence}）"  # type: ignore[method-assign]


class ProofForm(PurposeForm):
    """Which fields over which days a proof speaks of."""

    fields_asked = forms.ModelMultipleChoiceField(
        label="领域",
        queryset=ProofField.objects.none(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text="每个领域由所列单位证明。",
    )
    since = ChineseDateField(label="期间自", help_text="当日计入，最长五年。")
    until = ChineseDateField(label="期间至", help_text="当日计入，不晚于今天。")
    field_order = ("purpose", "fields_asked", "since", "until")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["fields_asked"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = ProofField.objects.in_force(timezone.localdate()).order_by("code")
        chosen.label_from_instance = _vouched  # type: ignore[method-assign]


class PublicForm(PurposeForm):
    """Whose report, and what for."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        help_text="18 位，营业执照上可以查到；也可以先按名称查询，在主体页面点“信用报告”。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order: Sequence[str] = ("code", "purpose")

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])


class DeskForm(PublicForm):
    """The same by staff, with the case it is for."""

    matter = forms.CharField(label="办理的事项", max_length=100, help_text="例如：建筑业企业资质核准。")
    case_number = forms.CharField(label="办件编号", max_length=60, help_text="没有办件编号的，填写来访登记号。")
    field_order = ("code", "purpose", "matter", "case_number")


class ShareForm(ActionForm):
    """For whom a link is, until when."""

    receiver = forms.CharField(label="接收方", max_length=100, help_text="写明单位全称，例如招标人、银行。")
    until = ChineseDateField(label="链接有效至", help_text="当日仍可打开，不超过报告的有效期。")

    def __init__(self, *args: Any, until: date | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if until is not None:
            self.fields["until"].initial = until


class TakeForm(ActionForm):
    """The code that the company told its receiver."""

    code = forms.CharField(
        label="提取码",
        max_length=8,
        min_length=8,
        help_text="8 位字母和数字，由提供报告的单位另行告知。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


def _vouched(obj: Any) -> str:
    return f"{obj.name}（{'、'.join(obj.stated.vouching)}）"


class ReportFilter(django_filters.FilterSet):
    """The reports of the desk's list."""

    code = django_filters.CharFilter(label="统一社会信用代码", method="of_code")
    number = django_filters.CharFilter(label="报告编号", field_name="number", lookup_expr="startswith")
    purpose = django_filters.ModelChoiceFilter(label="用途", queryset=ReportPurpose.objects.all())
    department = django_filters.ModelChoiceFilter(label="应用单位", queryset=Department.objects.none())
    channel = django_filters.ChoiceFilter(label="渠道", choices=choices(CHANNEL_LABELS))
    since = KitDateFilter(label="出具日期从", field_name="as_of", lookup_expr="gte")
    until = KitDateFilter(label="到", field_name="as_of", lookup_expr="lte")

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.filters["department"]
        assert isinstance(chosen, django_filters.ModelChoiceFilter)
        rows = self.queryset if self.queryset is not None else Report.objects.none()
        asking = rows.exclude(department=None).order_by().values_list("department_id", flat=True)
        chosen.queryset = Department.objects.filter(pk__in=asking).order_by("name")

    def of_code(self, rows: Any, _name: str, value: str) -> Any:
        """Reports about the subject of a code, written in any way."""
        return rows.filter(subject__code=clean_code(value))
