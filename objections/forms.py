"""What the forms of an objection ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from casework import forms as kit
from casework.rules.attachments import HELP
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from objections.rules import procedure as rules
from objections.rules.procedure import ABOUT_LABELS, OUTCOME_LABELS, SOURCE_LABELS, About

WHICH = [("", "（公示期限、修复结果不用选）")]


class FileForm(ActionForm):
    """The objection; `fields` are (code, label) of what the item shows."""

    about = forms.ChoiceField(
        label="对什么有异议", choices=choices(ABOUT_LABELS), initial=About.CONTENT.value, widget=forms.RadioSelect
    )
    field = forms.ChoiceField(label="有异议的项目", required=False)
    claimed = forms.CharField(
        label="应当是什么",
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明正确的内容、正确的截止日或者应有的修复结果。",
    )
    grounds = forms.CharField(label="理由", max_length=rules.LONGEST, widget=kit.LONG)
    evidence = kit.AttachmentsField(
        label="证据",
        required=False,
        help_text=f"例如决定书、缴款凭证、复议决定、判决书。{HELP}只供核实，不公开。",
    )

    def __init__(self, *args: Any, fields: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["field"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [*WHICH, *fields]


class VisitorForm(FileForm):
    """The same at a window, for a visitor whose identity was seen."""

    seen = forms.BooleanField(label="已核对来访人身份和授权")


class AskForm(kit.StepForm):
    """All that is missing, once."""

    papers = forms.CharField(label="需要补正的材料", max_length=500, widget=kit.LONG)


class SupplyForm(kit.StepForm):
    """The papers, at the desk."""

    evidence = kit.AttachmentsField(label="补正的材料")


class RefuseForm(kit.StepForm):
    """Why it is not taken up."""

    reason = forms.CharField(
        label="不予受理的理由", max_length=500, widget=kit.LONG, help_text="一并写明救济途径。理由将告知异议人。"
    )


class AnswerForm(kit.StepForm):
    """What the department found."""

    finding = forms.ChoiceField(label="核实结论", choices=choices(SOURCE_LABELS), widget=forms.RadioSelect)
    text = forms.CharField(label="核实情况和依据", max_length=rules.LONGEST, widget=kit.LONG)
    evidence = kit.AttachmentsField(label="核实材料", required=False)


class ExtendForm(kit.StepForm):
    """Longer, once."""

    reason = forms.CharField(label="延长的理由", max_length=500, widget=kit.LONG, help_text="理由将告知异议人。")


class DecideForm(kit.StepForm):
    """The answer."""

    outcome = forms.ChoiceField(label="答复", choices=choices(OUTCOME_LABELS), widget=forms.RadioSelect)
    answer = forms.CharField(
        label="理由", max_length=rules.LONGEST, widget=kit.LONG, help_text="告知异议人，救济途径自动附后。"
    )
    public_note = forms.CharField(
        label="对外说明",
        max_length=500,
        required=False,
        widget=kit.LONG,
        help_text="撤回公示、未能核实的必填，向社会公开，不得含有个人信息。",
    )
    on = ChineseDateField(label="答复日期")


class ReasonForm(kit.StepForm):
    """Taking back, at the desk in the name of who objected."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)


class AppealForm(kit.StepForm):
    """An appeal, at the desk."""

    reasons = forms.CharField(label="对答复不服的理由", max_length=rules.LONGEST, widget=kit.LONG)


class OwnSupplyForm(ActionForm):
    """The papers, from the company."""

    evidence = kit.AttachmentsField(label="补正的材料")


class OwnAppealForm(ActionForm):
    """An appeal, from the company."""

    reasons = forms.CharField(label="对答复不服的理由", max_length=rules.LONGEST, widget=kit.LONG)


class OwnRetractForm(ActionForm):
    """Taking back, from the company."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)
