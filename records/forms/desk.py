"""The other forms of the desk's pages: revocation, purposes, search, subjects and merges."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, KitForm
from records.forms.record import DiscreetInput, HiddenNumberInput
from records.models import SubjectIdentifier


class RevokeForm(ActionForm):
    on = ChineseDateField(label="撤销日期", help_text="撤销决定（复议决定、判决）作出之日。")
    reason = forms.CharField(
        label="撤销原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明撤销决定的机关、文书名称和文号。撤销后停止公示，不再计入统计。",
    )


class PurposeForm(KitForm):
    """Why somebody looks at what is not public; registered before it is shown."""

    purpose = forms.CharField(
        label="查询事由",
        max_length=200,
        help_text="写明办理的事项，例如“办理食品经营许可审查”。查询将登记备查。",
    )
    case_number = forms.CharField(label="办件编号或者案号", max_length=60, required=False)


class NumberForm(PurposeForm):
    """Why somebody needs a whole personal number, and which."""

    field = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class PersonSearchForm(PurposeForm):
    """Exact search for a natural person. Sent by POST only, so that the number is in no address and no log."""

    field_order = ("number", "purpose")

    number = forms.CharField(
        label="证件号码",
        max_length=40,
        widget=HiddenNumberInput(attrs={"autocomplete": "off", "class": "code"}),
        help_text="须填写完整号码。查询无结果也会登记。",
    )


class SubjectSearchForm(KitForm):
    q = forms.CharField(
        label="名称、统一社会信用代码或其他号码",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text="名称可输入任意连续两个字；代码可输入前8位。自然人请用下方的证件号码查询。",
    )


class DayForm(KitForm):
    on = ChineseDateField(label="查看某一天的情况", required=False, help_text="显示当天掌握的和当天对外公示的信息。")

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise ValidationError("日期不得晚于今天。")
        return day


class RenameForm(ActionForm):
    name = forms.CharField(label="现名称", max_length=200, help_text="原名称自动记为曾用名，仍能查到。")
    since = ChineseDateField(label="更名日期")
    reason = forms.CharField(label="依据", max_length=300, help_text="写明登记机关的变更文书。")


class IdentifierForm(ActionForm):
    kind = forms.ChoiceField(label="号码种类", choices=SubjectIdentifier.Kind.choices)
    value = forms.CharField(label="号码", max_length=50, widget=DiscreetInput, help_text="按证照原样填写。")
    reason = forms.CharField(label="依据", max_length=300, help_text="写明证照或文书的名称和编号。")


class HeadForm(ActionForm):
    head_code = forms.CharField(
        label="所属总机构的统一社会信用代码", max_length=40, required=False, help_text="留空表示解除隶属关系。"
    )
    reason = forms.CharField(label="依据", max_length=300, help_text="写明登记机关文书的名称和编号。")


class MergeForm(ActionForm):
    other = forms.CharField(
        label="并入主体的统一社会信用代码或档案编号",
        max_length=40,
        help_text="该主体的记录将归到当前主体名下，由市信用办复核后生效。",
    )
    reason = forms.CharField(
        label="理由",
        max_length=500,
        help_text="写明为什么是同一主体，例如登记机关的证明。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfficeMergeForm(MergeForm):
    """As the credit office proposes it: with the document that says that two valid codes are one subject."""

    document_number = forms.CharField(
        label="证明文书号",
        max_length=128,
        required=False,
        help_text="两个主体的代码都有效时，文书号、出具机关和文书日期必填。",
    )
    document_issuer = forms.CharField(label="出具机关", max_length=200, required=False, help_text="一般为登记机关。")
    document_on = ChineseDateField(label="文书日期", required=False)

    def clean(self) -> dict[str, Any]:
        """The three belong together."""
        given = super().clean() or self.cleaned_data
        parts = {name: given.get(name) for name in ("document_number", "document_issuer", "document_on")}
        if any(parts.values()):
            for name, value in parts.items():
                if not value and name not in self.errors:
                    self.add_error(name, f"请填写{self.fields[name].label}。")
        return given


class MergeDecisionForm(ActionForm):
    note = forms.CharField(label="复核意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MergeReversalForm(ActionForm):
    note = forms.CharField(label="还原理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
