"""What the forms about sheets ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from django import forms

from assessment.sheets.models import Month, Sheet
from assessment.sheets.queries.rows import Row
from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.rules.procedures import GROUND_LABELS
from casework.forms import LONG, OffersForm, StepForm
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from credit_platform.web.lists import KitDateFilter

TICKED = forms.CheckboxSelectMultiple
NO_PERSONS = "不得含有身份证号等个人信息。"


class MonthFilter(django_filters.FilterSet):
    """By month."""

    since = KitDateFilter(label="月份不早于", field_name="first", lookup_expr="gte")
    until = KitDateFilter(label="月份不晚于", field_name="first", lookup_expr="lte")

    class Meta:
        model = Month
        fields = ()


class FreezeForm(ActionForm):
    """The next month is frozen: nothing to fill in but that it is meant."""

    sure = forms.BooleanField(label="当月期限已经全部届满，补报的信息已经入库")


class ContestForm(ActionForm):
    """Which of the missed rows were not missed, and why."""

    refs = forms.MultipleChoiceField(label="有异议的事项", widget=TICKED)
    text = forms.CharField(label="事实和理由", max_length=2000, widget=LONG, help_text=NO_PERSONS)

    def __init__(self, *args: Any, rows: list[Row], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["refs"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - declared above
        choice.choices = [(row.ref, row.text) for row in rows]


class CorrectForm(OffersForm):
    """Which of the contested rows were met."""

    names = "upheld"
    upheld = forms.MultipleChoiceField(label="申诉成立的事项", required=False, widget=TICKED)
    reason = forms.CharField(label="理由", max_length=500, widget=LONG, help_text=NO_PERSONS)

    def offer(self, each: Row) -> tuple[str, str]:
        """The row by its reference."""
        return each.ref, each.text


class ReasonForm(StepForm):
    """Why."""

    reason = forms.CharField(label="理由", max_length=500, widget=LONG, help_text=NO_PERSONS)


class AgreeForm(StepForm):
    """A step that needs nothing but its day."""


class AdjustmentForm(ActionForm):
    """Points that are taken or added."""

    department = forms.ModelChoiceField(label="单位", queryset=Department.objects.none(), empty_label="请选择")
    ground = forms.ChoiceField(label="事由", choices=[("", "请选择"), *choices(GROUND_LABELS)])
    points = forms.DecimalField(label="分值", max_digits=3, decimal_places=1)
    text = forms.CharField(label="事实", max_length=1000, widget=LONG, help_text=NO_PERSONS)
    document = forms.CharField(label="认定文书号", max_length=128)

    def __init__(self, *args: Any, month: Month, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["department"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        sheets = Sheet.objects.filter(month=month)
        choice.queryset = Department.objects.filter(pk__in=sheets.values("department")).order_by("code")


class CircularForm(ActionForm):
    """The words of a circular."""

    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(
        label="正文",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="得分、位次和各项指标由平台附在正文之后，不必填写。",
    )


class CircularStepForm(StepForm):
    """The words, changed."""

    title = CircularForm.declared_fields["title"]
    text = CircularForm.declared_fields["text"]


class TermsFields(forms.Form):
    """What a scheme says; its weights are fields of their own, one an indicator."""

    name = forms.CharField(label="名称", max_length=100)
    basis = forms.CharField(label="依据", max_length=200)
    valid_from = ChineseDateField(label="施行日期", help_text="某月1日。")
    small = forms.IntegerField(label="小样本界限（件）", min_value=1, max_value=1000)
    freeze_days = forms.IntegerField(label="月后几日冻结（自然日）", min_value=1, max_value=28)
    contest_days = forms.IntegerField(label="申诉期限（工作日）", min_value=1, max_value=30)
    floor = forms.DecimalField(label="扣分上限", min_value=Decimal(0), max_digits=4, decimal_places=1)
    cap = forms.DecimalField(label="加分上限", min_value=Decimal(0), max_digits=4, decimal_places=1)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, each in INDICATORS.items():
            self.fields[code] = forms.DecimalField(
                label=f"{each.label}（权重）",
                min_value=Decimal(0),
                max_digits=5,
                decimal_places=2,
                help_text=each.counted,
            )


class SchemeForm(TermsFields, ActionForm):
    """A new scheme."""


class SchemeStepForm(TermsFields, StepForm):
    """A scheme, changed."""
