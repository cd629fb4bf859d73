"""What the forms of a removal ask."""

from __future__ import annotations

from django import forms

from casework import forms as kit
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from sanctions.removals.rules import CHOICES


class AskForm(ActionForm):
    """What is asked."""

    way = forms.ChoiceField(label="移出方式", choices=CHOICES, widget=forms.RadioSelect)
    document = forms.CharField(label="移出（撤销）文书号", max_length=128)
    why = forms.CharField(
        label="移出原因", max_length=300, widget=kit.LONG, help_text="写明文书的名称、机关和主要内容。"
    )
    performed_on = ChineseDateField(
        label="纠正、履行完毕日期", required=False, help_text="提前移出的必填：失信行为纠正、义务全部履行之日。"
    )
    public_note = forms.CharField(
        label="对外说明",
        max_length=500,
        required=False,
        widget=kit.LONG,
        help_text="决定撤销、错误列入的必填，向社会公开，不得含有个人信息。",
    )
    proof = kit.AttachmentsField(label="文书和证明材料")


class ConfirmForm(kit.StepForm):
    """The confirmation."""

    on = ChineseDateField(label="移出日期")


class RefuseForm(kit.StepForm):
    """The entry stays."""

    reason = forms.CharField(label="不予移出的理由", max_length=500, widget=kit.LONG)
    on = ChineseDateField(label="日期")
