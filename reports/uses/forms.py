"""Asking to use a report, and the subject's answer."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from casework import forms as kit
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import EditForm
from credit_platform.web.lists import KitDateFilter
from lookups.forms import NumberInput
from reports.forms import PurposeForm
from reports.models import ReportPurpose, ReportUse
from reports.uses.rules import MOST_DAYS, USE_LABELS


class AskForm(PurposeForm):
    """Whose report, what for, until when."""

    q = forms.CharField(
        label="主体的代码、名称或证件号码",
        max_length=400,
        widget=NumberInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="自然人须输入完整证件号码，计入查询登记。",
    )
    matter = forms.CharField(label="办理的事项", max_length=100, help_text="例如：建筑业企业资质核准。")
    case_number = forms.CharField(label="办件编号", max_length=60)
    reason = forms.CharField(
        label="使用理由", max_length=300, widget=kit.LONG, help_text="主体据此决定是否同意，请写明为什么需要报告。"
    )
    until = ChineseDateField(label="使用至", help_text=f"当日仍可打开，最长{MOST_DAYS}日，不超过报告的有效期。")
    field_order = ("q", "purpose", "matter", "case_number", "reason", "until")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["purpose"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = ReportPurpose.objects.filter(is_active=True, of_departments=True)


class WithdrawForm(EditForm):
    """The report is needed no more."""


class ConsentForm(EditForm):
    """The subject agrees."""

    read = forms.BooleanField(label="已了解使用单位、事项、期限，同意其使用本单位的信用报告")


class ReasonForm(EditForm):
    """The subject does not agree, or no longer."""

    reason = forms.CharField(label="说明", max_length=300, required=False, widget=kit.LONG, help_text="可以不写。")


class PaperForm(EditForm):
    """The subject agreed on paper."""

    paper = kit.AttachmentsField(
        label="书面同意书", help_text="写明使用单位、用途、期限并签名（盖章）的扫描件，一份，不超过10兆字节。加密保存。"
    )


class UseFilter(django_filters.FilterSet):
    """The uses of the desk's list."""

    number = django_filters.CharFilter(label="使用编号", field_name="number", lookup_expr="startswith")
    case_number = django_filters.CharFilter(label="办件编号", field_name="case_number", lookup_expr="icontains")
    purpose = django_filters.ModelChoiceFilter(label="用途", queryset=ReportPurpose.objects.all())
    state = django_filters.ChoiceFilter(label="状态", choices=choices(USE_LABELS))
    since = KitDateFilter(label="申请日期从", field_name="asked_at", lookup_expr="date__gte")
    until = KitDateFilter(label="到", field_name="asked_at", lookup_expr="date__lte")

    class Meta:
        model = ReportUse
        fields: tuple[str, ...] = ()
