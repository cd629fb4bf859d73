"""Forms of the steps of a breach case. They carry the version that the person saw; nothing is saved here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from commitments.forms.papers import HELP, PapersField
from commitments.models import BreachCase, Measure
from commitments.rules import breaches as rules
from commitments.rules.kinds import BREACH_KIND_LABELS
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm

LONG = forms.Textarea(attrs={"rows": 5})


class CandidateForm(ActionForm):
    """The beginning of a case."""

    kind = forms.ChoiceField(
        label="违诺种类",
        choices=[(key.value, label) for key, label in BREACH_KIND_LABELS.items()],
        widget=forms.RadioSelect,
        help_text="虚假承诺：作出承诺时即与事实不符。未履行承诺：承诺时真实，之后没有做到。",
    )
    facts = forms.CharField(
        label="违诺事实", max_length=2000, widget=LONG, help_text="写明查到的事实和证据。不得含有个人信息。"
    )


class ReportedForm(CandidateForm):
    """A case on what somebody reported."""

    how = forms.ChoiceField(
        label="来源渠道", choices=[(key.value, label) for key, label in rules.REPORT_LABELS.items()]
    )
    received_on = ChineseDateField(label="收到日期")
    told = forms.CharField(
        label="反映内容", max_length=2000, widget=LONG, help_text="按反映的原意记录，不写反映人身份，不得含有个人信息。"
    )
    reporter = forms.CharField(
        label="反映人及联系方式",
        max_length=200,
        required=False,
        help_text="加密保存，查看须登记事由，不告知被反映的主体。匿名的留空。",
    )
    papers = PapersField(label="线索材料", required=False)
    field_order = ("how", "received_on", "told", "reporter", "papers", "kind", "facts")


class StepForm(EditForm):
    """A step of a case: `measures` are those that it may name, `on` the day that stands in its date."""

    on = ChineseDateField(label="日期")

    def __init__(self, *args: Any, edited: BreachCase, measures: Sequence[Measure] = (), **options: Any) -> None:
        super().__init__(*args, edited=edited, **options)
        today: date = timezone.localdate()
        self.initial.setdefault("on", today)
        for name in ("intended", "measures"):
            if name in self.fields:
                self._offer(name, measures)

    def _offer(self, name: str, measures: Sequence[Measure]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared below
        field.choices = [(each.code, _words(each)) for each in measures]
        self.initial.setdefault(name, [each.code for each in measures])


def _words(measure: Measure) -> str:
    months = f"（{measure.months}个月）" if measure.months else ""
    return f"{measure.name}{months}"


class NotifyForm(StepForm):
    """The notice."""

    intended = forms.MultipleChoiceField(
        label="拟采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列出清单中适用于本案的措施。决定时只能采取这里告知过的措施。",
    )
    notice = forms.CharField(
        label="告知内容",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写明事实、依据、拟采取的措施以及陈述申辩的权利；措施有增减的，请一并修改正文。",
    )
    hearing_days = forms.IntegerField(
        label="陈述申辩期限（工作日）",
        initial=rules.HEARING_DAYS,
        min_value=rules.HEARING_LEAST,
        max_value=rules.HEARING_MOST,
    )
    on = ChineseDateField(label="告知日期")


class ServeForm(StepForm):
    """Service."""

    how = forms.CharField(label="送达方式", max_length=60, help_text="如：直接送达、邮寄送达、电子送达。")
    on = ChineseDateField(label="送达日期", help_text="陈述申辩期限自送达次日起计算。")
    proof = PapersField(label="送达回证")


class HearForm(StepForm):
    """The statement or its waiver."""

    statement = forms.CharField(label="陈述申辩内容", required=False, max_length=6000, widget=LONG)
    waived = forms.BooleanField(label="当事人书面放弃陈述申辩", required=False)
    on = ChineseDateField(label="陈述申辩（放弃）日期")
    papers = PapersField(label="陈述申辩材料", required=False)


class SpeakForm(ActionForm):
    """What a company says to the notice of its breach."""

    statement = forms.CharField(
        label="陈述申辩内容",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写明对告知的事实、依据和拟采取的措施有什么意见，以及理由。只供认定单位办理本案，不公开。",
    )
    papers = PapersField(label="证据材料", required=False, help_text=f"{HELP}不公开。")
    final = forms.BooleanField(label="本单位确认以上内容，知晓提交后不能修改，认定单位随后可以认定")


class FindForm(StepForm):
    """The finding."""

    reasons = forms.CharField(label="认定理由", max_length=3000, widget=LONG)
    considered = forms.CharField(
        label="对陈述申辩的意见",
        required=False,
        max_length=2000,
        widget=LONG,
        help_text="当事人已陈述申辩的必填：是否采纳及理由。",
    )
    on = ChineseDateField(label="认定日期")


class DecideForm(StepForm):
    """The decision."""

    document_number = forms.CharField(label="决定文书号", max_length=128)
    measures = forms.MultipleChoiceField(
        label="采取的措施",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只能在告知过的措施中选择。",
    )
    on = ChineseDateField(label="决定日期", help_text="限制期限自决定次日起计算。")


class DismissForm(StepForm):
    """There was no breach."""

    reason = forms.CharField(label="不予认定的理由", max_length=500, widget=LONG)
    on = ChineseDateField(label="日期")


class AnnulForm(StepForm):
    """A decision is taken back."""

    reason = forms.CharField(label="撤销理由", max_length=500, widget=LONG, help_text="写明撤销决定的文书名称和文号。")
    public_note = forms.CharField(
        label="对外说明", max_length=500, widget=LONG, help_text="自撤销之日起3个工作日内向社会公开，不得含有个人信息。"
    )
    on = ChineseDateField(label="撤销日期")
