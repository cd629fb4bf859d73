"""What the forms of a listing ask beside what those of every case ask."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import forms as kit
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from records.forms.record import HiddenNumberInput
from records.identifiers.idcard import KINDS
from sanctions.designations.rules import POST_LABELS
from sanctions.measures.models import MeasureEntry


class ProposeForm(ActionForm):
    """The beginning of a case: which list, who, what for."""

    credit_list = forms.ChoiceField(label="名单", help_text="只列出已经施行、由本单位牵头或者没有指定牵头单位的名单。")
    code = forms.CharField(
        label="统一社会信用代码", max_length=18, help_text="拟列入主体的18位代码。自然人从所在单位的案件中提出。"
    )
    conduct_on = ChineseDateField(label="行为发生日期", help_text="持续的行为填终了之日。责任人员按这一天的任职确定。")
    facts = forms.CharField(
        label="列入事由", max_length=2000, widget=kit.LONG, help_text="写明查明的事实和证据。不得含有个人信息。"
    )
    basis = forms.CharField(
        label="列入依据",
        max_length=1000,
        widget=kit.LONG,
        help_text="写明名单认定办法的条款和适用的情形，以及据以列入的处罚决定等文书。",
    )
    months = forms.IntegerField(
        label="期限（月）", required=False, min_value=1, max_value=120, help_text="留空按名单规定的期限。"
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["credit_list"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [("", "请选择"), *offered]


class PersonForm(ActionForm):
    """A person who was responsible when the firm acted."""

    name = forms.CharField(label="姓名", max_length=50)
    id_type = forms.ChoiceField(label="证件类型", choices=[(each, each) for each in KINDS])
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        help_text="加密保存，不显示、不公示。",
        widget=HiddenNumberInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(label="行为发生时的职务", choices=choices(POST_LABELS))
    since = ChineseDateField(label="任职起始日期")
    until = ChineseDateField(label="任职截止日期", required=False, help_text="仍在任的留空。")
    part = forms.CharField(
        label="应负的责任", max_length=1000, widget=kit.LONG, help_text="写明该人员的行为与失信行为的关系和证据。"
    )


class _Offers(kit.OffersForm):
    """A step that names measures of the list in force."""

    def offer(self, each: MeasureEntry) -> tuple[str, str]:
        """The measure with its force and who carries it out."""
        return each.measure.code, f"{each.measure.name}（{each.get_force_display()}，{each.authority}）"


class NotifyForm(_Offers, kit.NotifyForm):
    """The prior notice."""

    names = "intended"
    intended = forms.MultipleChoiceField(
        label="拟采取的管理措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出现行措施清单中适用于该名单的措施；有增减的，请一并修改正文。决定时只能采取这里告知过的措施。",
    )
    field_order = ("intended", "notice", "days", "on")


class DecideForm(_Offers, kit.DecideForm):
    """The decision and the notice on repair."""

    names = "measures"
    measures = forms.MultipleChoiceField(
        label="管理措施", required=False, widget=forms.CheckboxSelectMultiple, help_text="只能在告知过的措施中选择。"
    )
    months = forms.IntegerField(
        label="期限（月）",
        required=False,
        min_value=1,
        max_value=120,
        help_text="留空按告知的期限；不得超过告知的期限。",
    )
    exit_conditions = forms.CharField(label="移出条件和程序", max_length=1000, widget=kit.LONG)
    remedies = forms.CharField(label="救济途径", max_length=1000, widget=kit.LONG)
    repair_number = forms.CharField(
        label="信用修复告知书文号",
        max_length=128,
        help_text="告知书与决定书同时制发、一并送达；缺少告知书的，不能作出决定。",
    )
    repair_notice = forms.CharField(
        label="信用修复告知书内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 12})
    )
    field_order = (
        "document_number",
        "measures",
        "months",
        "exit_conditions",
        "remedies",
        "repair_number",
        "repair_notice",
        "on",
    )
