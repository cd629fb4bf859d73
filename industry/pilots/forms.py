"""Forms of pilots."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from industry.pilots import rules
from industry.pilots.models import Indicator


class ProposeForm(ActionForm):
    """A proposal."""

    title = forms.CharField(label="名称", max_length=100)
    theme = forms.ChoiceField(label="主题", choices=rules.THEME_CHOICES)
    plan = forms.CharField(label="试点方案", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    indicators = forms.CharField(
        label="指标",
        max_length=2000,
        widget=LONG,
        help_text="一行一项：指标,单位,基线值,目标值。例如：平均办理时间,日,10,5",
    )
    safeguards = forms.CharField(
        label="个人权益保障",
        max_length=2000,
        required=False,
        widget=LONG,
        help_text="个人信用应用场景必填：怎样征得同意、怎样退出，不参加的人不受不利影响。",
    )
    starts_on = ChineseDateField(label="开始日期")
    ends_on = ChineseDateField(label="结束日期")


class PlainForm(StepForm):
    """A step without words."""


class ReasonForm(StepForm):
    """A step that says why."""

    reason = forms.CharField(label="理由", max_length=500, widget=LONG)


class MeasureForm(StepForm):
    """A value; `offered` are the indicators of the pilot."""

    indicator = forms.ModelChoiceField(label="指标", queryset=Indicator.objects.none())
    value = forms.DecimalField(label="实际值", max_digits=16, decimal_places=4)
    evidence = AttachmentsField(label="证明材料")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["indicator"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        choice.queryset = Indicator.objects.filter(pk__in=[each.pk for each in self.offered])


class SummariseForm(StepForm):
    """The lesson."""

    lesson = forms.CharField(label="经验总结", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class SpreadForm(StepForm):
    """Where and how it is done elsewhere."""

    spreading = forms.CharField(label="推广安排", max_length=2000, widget=LONG)
