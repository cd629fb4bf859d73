"""What the forms of a ban ask."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import forms as kit
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from records.forms.record import HiddenNumberInput
from records.identifiers.idcard import KINDS
from sanctions.bans.rules import SCOPE_LABELS


class RegisterForm(ActionForm):
    """A ban of a firm by its code, or of a person by its document."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        required=False,
        help_text="单位填代码；自然人填下面的姓名和证件号码，二者择一。",
    )
    name = forms.CharField(label="自然人姓名", max_length=50, required=False)
    id_type = forms.ChoiceField(label="证件类型", choices=[(each, each) for each in KINDS])
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        required=False,
        help_text="加密保存，不显示、不公示。",
        widget=HiddenNumberInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label="种类", choices=choices(SCOPE_LABELS))
    matters = forms.MultipleChoiceField(label="领域", widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label="禁入内容",
        max_length=500,
        widget=kit.LONG,
        help_text="照决定书填写，例如“五年内不得申请食品生产经营许可”。",
    )
    basis = forms.CharField(label="依据", max_length=300)
    document_number = forms.CharField(label="决定文书号", max_length=128)
    decided_on = ChineseDateField(label="决定日期")
    starts_on = ChineseDateField(label="起始日期")
    until = ChineseDateField(label="截止日期", required=False, help_text="终身禁入的留空，并勾选下一项。")
    for_life = forms.BooleanField(label="终身", required=False)
    proof = kit.AttachmentsField(label="决定书")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["matters"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - declared above
        choice.choices = offered


class ConfirmForm(kit.StepForm):
    """The confirmation."""

    on = ChineseDateField(label="确认日期")


class RefuseForm(kit.StepForm):
    """Nothing stands."""

    reason = forms.CharField(label="不予登记的理由", max_length=500, widget=kit.LONG)
    on = ChineseDateField(label="日期")


class LiftForm(kit.StepForm):
    """The ban ends before its last day."""

    document = forms.CharField(label="解除（撤销）文书号", max_length=128)
    reason = forms.CharField(label="解除的理由", max_length=500, widget=kit.LONG)
    on = ChineseDateField(label="解除日期", help_text="自该日起不再禁入。")
