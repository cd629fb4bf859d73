"""The forms of events of the national system; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from sanctions.national.formats import FORMATS
from sanctions.national.rules import LONGEST, RESULT_LABELS

FORMAT_CHOICES = [(each.code, each.label) for each in FORMATS.values()]


class AssignForm(StepForm):
    """To whom an event goes."""

    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        None, label="核查单位", empty_label="请选择", help_text="能够核查所涉事实的单位。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Department.objects.of_the_city().filter(valid_until__isnull=True).order_by("level", "code")
        self.fields["department"].queryset = rows  # type: ignore[attr-defined]


class VerifyForm(StepForm):
    """What was found."""

    result = forms.ChoiceField(label="核查结果", choices=choices(RESULT_LABELS), widget=forms.RadioSelect)
    statement = forms.CharField(
        label="核查经过和结论",
        max_length=LONGEST,
        widget=LONG,
        help_text="写明核查了什么、依据什么材料、结论如何，不写证件号码。",
    )
    settled_on = ChineseDateField(label="修复日期", required=False, help_text="核查结果为“已修复”的必填。")
    evidence = AttachmentsField(
        label="证明材料", required=False, help_text="核查结果不是“属实”的必须上传；PDF、JPG、PNG，每个不超过10兆字节。"
    )
    on = ChineseDateField(label="核查日期")


class PlainForm(StepForm):
    """A step that asks for its day only."""


class ReasonForm(StepForm):
    """A step that is taken for a reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LONG)


class FileForm(ActionForm):
    """A file of the national system."""

    format = forms.ChoiceField(label="格式", choices=FORMAT_CHOICES)
    file = forms.FileField(label="文件", help_text="不超过10兆字节。")


class SendForm(ActionForm):
    """All answers that wait, in one file."""

    format = forms.ChoiceField(label="格式", choices=FORMAT_CHOICES)


class ReplayForm(ActionForm):
    """A kept delivery is read again: nothing is asked."""
