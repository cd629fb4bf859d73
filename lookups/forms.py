"""What is asked at the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from casework import forms as kit
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm, KitForm
from lookups.models import Authorisation, Purpose
from lookups.queries.targets import authorisation_of, target_of
from lookups.rules.questions import AUTHORITY_LABELS, LONGEST_CASE, Authority
from records.models import Subject

PICKED = "file:"
"""How a choice among several firms is sent: the number of its file."""


VERDICTS = [("note", "没有问题，或者已作说明"), ("warn", "提醒查询人"), ("refer", "移送有关机关处理")]


class NumberInput(forms.TextInput):
    """Takes a personal number; what was typed is not written into the page again when it holds one."""

    takes_numbers = True


def numbered(labels: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices whose words begin with a digit, so that the digit chooses in a list that has the focus."""
    return [("", "请选择"), *((value, f"{number} {label}") for number, (value, label) in enumerate(labels, 1))]


def purposes_on(on: date) -> list[Purpose]:
    """The purposes in force, in their order."""
    return list(Purpose.objects.in_force(on).order_by("order", "code"))


class QueryForm(ActionForm):
    """One query: whom, why, by which right."""

    q = forms.CharField(
        label="扫描执照，或输入代码、名称、证件号码",
        max_length=400,
        widget=NumberInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
        help_text="法人、个体工商户可输入名称中连续的两个字；自然人须输入完整证件号码。",
    )
    purpose = forms.ChoiceField(label="查询目的", choices=[])
    authority = forms.ChoiceField(label="查询依据", choices=numbered(choices(AUTHORITY_LABELS)))
    identity_seen = forms.BooleanField(label="已核对来访人身份证件和单位证明", required=False)
    authorisation = forms.CharField(
        label="授权书登记编号", max_length=24, required=False, help_text="持授权书的填写，可只输后六位。"
    )
    case_number = forms.CharField(
        label="办件编号或者案号", max_length=LONGEST_CASE, required=False, help_text="行政机关查询时填写。"
    )
    matter = forms.CharField(label="办理事项", max_length=100, required=False)
    visitor = forms.CharField(label="来访人姓名", max_length=60, required=False)
    pick = forms.CharField(label="请选择主体", max_length=30, required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.purposes = {each.code: each for each in purposes_on(timezone.localdate())}
        _choices(self, "purpose", numbered([(each.code, each.name) for each in self.purposes.values()]))

    @property
    def needs_case(self) -> str:
        """The purposes that ask for a case, for the keys."""
        return " ".join(code for code, each in self.purposes.items() if each.needs_case)

    def offer(self, subjects: Sequence[Subject]) -> None:
        """Several firms fit: one is to be chosen."""
        labels = [
            (f"{PICKED}{row.pk}", f"{number} {row.name}　{row.code or '无代码'}")
            for number, row in enumerate(subjects, 1)
        ]
        widget = self.fields["pick"].widget
        assert isinstance(widget, forms.RadioSelect)  # declared above
        widget.choices = labels

    def forget_number(self) -> None:
        """Take what was typed out of the page when it is a personal number."""
        sent: Any = self.data
        if target_of(str(sent.get("q", ""))[:400]).number:
            self.data = sent = sent.copy()
            sent["q"] = ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["authorisation"] = self._paper(given)
        return given

    def _paper(self, given: dict[str, Any]) -> Authorisation | None:
        if given.get("authority") != Authority.AUTHORISED:
            return None
        return authorisation_of(given.get("authorisation") or "")


class AuthorisationForm(ActionForm):
    """A written authorisation, with its paper."""

    q = forms.CharField(
        label="授权人的代码、名称或证件号码",
        max_length=400,
        widget=NumberInput(attrs={"autocomplete": "off", "autofocus": True}),
        help_text="自然人须输入完整证件号码。",
    )
    purpose = forms.ChoiceField(label="授权书载明的查询目的", choices=[])
    holder = forms.CharField(label="被授权人", max_length=100, help_text="可以查询的单位或者个人。")
    valid_from = ChineseDateField(label="授权起始日")
    ends_on = ChineseDateField(label="授权截止日")
    paper = kit.AttachmentsField(label="授权书", help_text="PDF、JPG 或 PNG，一份，不超过10兆字节。加密保存。")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.purposes = {each.code: each for each in purposes_on(timezone.localdate())}
        _choices(self, "purpose", numbered([(each.code, each.name) for each in self.purposes.values()]))


class EndForm(ActionForm):
    """An authorisation is taken back."""

    reason = forms.CharField(label="撤回的原因", max_length=200, widget=kit.LONG)


class PaperForm(ActionForm):
    """Why a paper is opened."""

    purpose = forms.CharField(label="查看事由", max_length=200, help_text="计入查询登记。")


class JudgeForm(EditForm):
    """What an auditor finds of a query."""

    verdict = forms.ChoiceField(label="处理", choices=VERDICTS, widget=forms.RadioSelect)
    text = forms.CharField(label="审查意见", max_length=500, widget=kit.LONG, help_text="提醒的，意见将告知查询人。")


class AnswerForm(JudgeForm):
    """The same where the subject asked why: it is answered."""

    answer = forms.CharField(
        label="对被查询主体的答复", max_length=500, widget=kit.LONG, help_text="告知提问人，不写查询人姓名。"
    )


class WhyForm(ActionForm):
    """Who was looked at asks why."""

    text = forms.CharField(label="需要说明的问题", max_length=500, widget=kit.LONG)


class SecondForm(EditForm):
    """What a second person makes of it."""

    verdict = forms.ChoiceField(
        label="处理", choices=[("confirm", "确认"), ("reject", "不予确认，重新审查")], widget=forms.RadioSelect
    )


class NotableForm(ActionForm):
    """A subject whose queries are looked at one by one."""

    q = forms.CharField(label="代码、名称或证件号码", max_length=400, widget=NumberInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(label="理由", max_length=200)


class HoldForm(ActionForm):
    """Telling the subject of a query is put off."""

    number = forms.CharField(label="查询编号", max_length=24)
    until = ChineseDateField(label="推迟至")
    reason = forms.CharField(label="理由", max_length=300, widget=kit.LONG, help_text="到期后连同理由告知被查询主体。")


class FindForm(KitForm):
    """Authorisations by number or holder."""

    q = forms.CharField(label="登记编号或被授权人", max_length=100, required=False)


def _choices(form: forms.Form, name: str, given: Sequence[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # declared above
    field.choices = given
