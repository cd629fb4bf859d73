"""What the forms of a breach ask beside what those of every case ask."""

from __future__ import annotations

from django import forms

from casework import forms as kit
from commitments.models import Measure
from commitments.rules.kinds import BREACH_KIND_LABELS
from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm


class CandidateForm(ActionForm):
    """The beginning of a case."""

    kind = forms.ChoiceField(
        label="违诺种类",
        choices=choices(BREACH_KIND_LABELS),
        widget=forms.RadioSelect,
        help_text="虚假承诺：作出承诺时即与事实不符。未履行承诺：承诺时真实，之后没有做到。",
    )
    facts = forms.CharField(
        label="违诺事实", max_length=2000, widget=kit.LONG, help_text="写明查到的事实和证据。不得含有个人信息。"
    )


class ReportedForm(CandidateForm, kit.TipForm):
    """A case on what somebody reported."""

    field_order = ("way", "received_on", "account", "informant", "attachments", "kind", "facts")


class _Offers(kit.OffersForm):
    """A step that names measures."""

    def offer(self, each: Measure) -> tuple[str, str]:
        """The measure with its months."""
        return each.code, f"{each.name}（{each.months}个月）" if each.months else each.name


class NotifyForm(_Offers, kit.NotifyForm):
    """The notice."""

    names = "intended"
    intended = forms.MultipleChoiceField(
        label="拟采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出清单中适用于本案的措施；有增减的，请一并修改正文。决定时只能采取这里告知过的措施。",
    )
    field_order = ("intended", "notice", "days", "on")


class DecideForm(_Offers, kit.DecideForm):
    """The decision."""

    names = "measures"
    measures = forms.MultipleChoiceField(
        label="采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只能在告知过的措施中选择。限制期限自决定次日起计算。",
    )
    field_order = ("document_number", "measures", "on")
