"""The checklist, and what another person says to it."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.forms import LONG, StepForm
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from reinspections.rules import ANSWER_LABELS, QUESTIONS, RESULT_LABELS


class InspectForm(StepForm):
    """Every question, what came of it, whose fault."""

    result = forms.ChoiceField(label="复核结果", choices=[("", "请选择"), *choices(RESULT_LABELS)])
    remarks = forms.CharField(label="复核情况", max_length=2000, widget=LONG)
    performed_on = ChineseDateField(
        label="义务履行完毕日期", required=False, help_text="漏修的必填，以核实的证明材料为准。"
    )
    responsible = forms.ModelChoiceField(
        label="责任单位",
        queryset=Department.objects.of_the_city().order_by("code"),
        required=False,
        empty_label="没有",
        help_text="错修、漏修的必填。",
    )
    fault = forms.CharField(
        label="责任情况",
        max_length=1000,
        required=False,
        widget=LONG,
        help_text="错修、漏修的必填：哪个环节、什么问题。",
    )
    on = ChineseDateField(label="复核日期")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, text in QUESTIONS.items():
            offered = [("", "请选择"), *choices(ANSWER_LABELS)]
            self.fields[code] = forms.ChoiceField(label=text, choices=offered)
        self.order_fields([*QUESTIONS])


class ConfirmForm(StepForm):
    """The second person's word."""

    opinion = forms.CharField(label="确认意见", max_length=500, widget=LONG)
    on = ChineseDateField(label="确认日期")


class DenyForm(StepForm):
    """What is to be looked at again."""

    reason = forms.CharField(label="需要重新核对的内容", max_length=500, widget=LONG)
    on = ChineseDateField(label="日期")
