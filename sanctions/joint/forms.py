"""The forms of joint action; nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from sanctions.joint.rules import LONGEST, Feedback
from sanctions.lists.models import CreditList

TAKEN = [("yes", "已执行"), ("no", "未执行")]


class PlainStepForm(StepForm):
    """A step that asks for its day only."""


class ReasonForm(StepForm):
    """A step that is taken for a reason."""

    reason = forms.CharField(label="理由", max_length=LONGEST, widget=LONG)


class LiftForm(StepForm):
    """How measures were lifted."""

    note = forms.CharField(
        label="解除情况", max_length=LONGEST, widget=LONG, help_text="写明解除所用的文书、系统或者方式。"
    )
    on = ChineseDateField(label="解除日期")


class FeedbackFields(forms.Form):
    """What is said of a line, or of many."""

    taken = forms.ChoiceField(label="执行情况", choices=TAKEN, widget=forms.RadioSelect)
    done_on = ChineseDateField(label="执行日期", required=False, help_text="已执行的必填。")
    document_number = forms.CharField(
        label="执行文书号", max_length=128, required=False, help_text="已执行的填写文书号，或者上传证明材料。"
    )
    until = ChineseDateField(
        label="措施截止日期", required=False, help_text="期限由决定确定的措施必填；其他措施由平台计算，不必填写。"
    )
    note = forms.CharField(
        label="说明",
        max_length=LONGEST,
        required=False,
        widget=LONG,
        help_text="未执行的写明理由，应当执行的须写具体。",
    )
    evidence = AttachmentsField(label="执行证明材料", required=False)


class FeedbackForm(FeedbackFields, StepForm):
    """Feedback on one line."""

    field_order: tuple[str, ...] = ("taken", "done_on", "document_number", "until", "note", "evidence", "on")
    on = ChineseDateField(label="填报日期")


class FillForm(FeedbackForm):
    """The same feedback on every line of a measure that is left, or of all measures."""

    field_order: tuple[str, ...] = ("measure", *FeedbackForm.field_order)
    measure = forms.ChoiceField(label="措施", help_text="对所选措施尚未反馈的全部主体，按同一情况登记。")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(each.pk), f"{each.measure.code} {each.measure.name}") for each in self.offered]
        every = [("all", "全部措施")] if len(named) > 1 else []
        self.fields["measure"].choices = named + every  # type: ignore[attr-defined]


class UploadForm(StepForm):
    """The workbook of a task, filled in."""

    file = forms.FileField(
        label="反馈表", help_text="由本页下载的反馈表填写后上传；xlsx、xls 或 csv，不超过 5 兆字节。"
    )
    evidence = AttachmentsField(label="执行证明材料", required=False, help_text="适用于表中全部条目。")
    on = ChineseDateField(label="填报日期")


class InitiateForm(ActionForm):
    """A joint action by hand."""

    credit_list: forms.ModelChoiceField[CreditList] = forms.ModelChoiceField(None, label="名单", empty_label="请选择")
    department = forms.ChoiceField(label="列入单位")
    reason = forms.CharField(label="发起事由", max_length=300, widget=LONG, help_text="例如：措施清单有新版本。")

    def __init__(self, *args: Any, lists: Any, departments: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credit_list"].queryset = lists  # type: ignore[attr-defined]
        self.fields["department"].choices = [(str(each.pk), each.name) for each in departments]  # type: ignore[attr-defined]


def feedback_of(given: dict[str, Any]) -> Feedback:
    """What was filled in, as the rules read it."""
    return Feedback(
        taken=given["taken"] == "yes",
        on=given["done_on"],
        document_number=given["document_number"],
        until=given["until"],
        note=given["note"],
    )
