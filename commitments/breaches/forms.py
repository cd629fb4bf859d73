"""What the forms of a breach ask beside what those of every case ask."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import forms as kit
from commitments.models import Measure
from commitments.rules.kinds import BREACH_KIND_LABELS
from credit_platform.web.forms import ActionForm


class CandidateForm(ActionForm):
    """The beginning of a case."""

    kind = forms.ChoiceField(
        label="违诺种类",
        choices=[(key.value, label) for key, label in BREACH_KIND_LABELS.items()],
        widget=forms.RadioSelect,
        help_text="虚假承诺：作出承诺时即与事实不符。未履行承诺：承诺时真实，之后没有做到。",
    )
    facts = forms.CharField(
        label="违诺事实", max_length=2000, widget=kit.LONG, help_text="写明查到的事实和证据。不得含有个人信息。"
    )


class ReportedForm(CandidateForm, kit.TipForm):
    """A case on what somebody reported."""

    field_order = ("way", "received_on", "account", "informant", "attachments", "kind", "facts")


class _Offers(kit.StepForm):
    """A step that names measures: those that are offered, ticked at first."""

    field = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields[self.field]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - declared below
        choice.choices = [(each.code, _words(each)) for each in self.offered]
        self.initial.setdefault(self.field, [each.code for each in self.offered])


def _words(measure: Measure) -> str:
    return f"{measure.name}（{measure.months}个月）" if measure.months else measure.name


class NotifyForm(_Offers, kit.NotifyForm):
    """The notice."""

    field = "intended"
    intended = forms.MultipleChoiceField(
        label="拟采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出清单中适用于本案的措施；有增减的，请一并修改正文。决定时只能采取这里告知过的措施。",
    )
    field_order = ("intended", "notice", "days", "on")


class DecideForm(_Offers, kit.DecideForm):
    """The decision."""

    field = "measures"
    measures = forms.MultipleChoiceField(
        label="采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只能在告知过的措施中选择。限制期限自决定次日起计算。",
    )
    field_order = ("document_number", "measures", "on")
