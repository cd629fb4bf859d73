"""What the forms of an objection ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from casework import forms as kit
from casework.disputes import Disputed
from casework.rules.attachments import HELP
from casework.rules.disputes import ABOUT_LABELS
from companies.rules import PAPERS
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm, KitForm
from objections.rules.claims import CAPACITY_LABELS
from objections.rules.contests import CONTEST_LABELS
from objections.rules.outcomes import OUTCOME_LABELS, SOURCE_LABELS
from objections.rules.procedure import LONGEST

WHICH = [("", "（公示期限、修复结果不用选）")]
BEGUN = ("about", "field")
"""What an address may choose beforehand: where somebody came from."""


class FileForm(ActionForm):
    """The objection to something disputed, with what its address has chosen."""

    about = forms.ChoiceField(label="对什么有异议", widget=forms.RadioSelect)
    field = forms.ChoiceField(label="有异议的项目", required=False)
    claimed = forms.CharField(
        label="应当是什么",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明正确的内容、正确的截止日或者应有的修复结果。最终未能核实的，这段话会与核实情况一并公示，请勿写个人信息。",
    )
    grounds = forms.CharField(label="理由", max_length=LONGEST, widget=kit.LONG, help_text="只供核实，不公开。")
    evidence = kit.AttachmentsField(
        label="证据",
        required=False,
        help_text=f"例如决定书、缴款凭证、复议决定、判决书。{HELP}只供核实，不公开。",
    )

    def __init__(self, *args: Any, disputed: Disputed, begun: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields = [(line.code, f"{line.label}：{line.value[:60]}") for line in disputed.lines]
        abouts = [(each.value, ABOUT_LABELS[each]) for each in disputed.abouts]
        _offer(self.fields["field"], [*WHICH, *fields])
        _offer(self.fields["about"], abouts)
        self.initial.setdefault("about", abouts[0][0])
        for name, offered in (("about", abouts), ("field", fields)):
            if begun.get(name) in dict(offered):
                self.initial[name] = begun[name]


def _offer(field: forms.Field, offered: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = offered


class LodgeForm(FileForm):
    """The same without an account: who it is, and the papers that show it."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    capacity = forms.ChoiceField(label="身份", choices=choices(CAPACITY_LABELS), widget=forms.RadioSelect)
    phone = forms.CharField(
        label="手机号码",
        max_length=11,
        help_text="用于通知办理进展，加密保存，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "numeric", "class": "code"}),
    )
    papers = kit.AttachmentsField(
        label="身份和授权材料",
        required=False,
        help_text=f"营业执照或者登记证书、身份证件、授权委托书（加盖公章）。没有上传的，请到窗口核验。{HELP}不公开。",
    )


class VisitorForm(FileForm):
    """The same at a window, for a visitor whose identity was seen."""

    seen = forms.BooleanField(label="已核对来访人身份和授权")


class FindForm(KitForm):
    """An objection at a window, by the number of its receipt."""

    number = forms.CharField(label="受理编号", max_length=40, help_text="回执上的编号，例如：异议〔2026〕000001号。")


class ConfirmForm(kit.StepForm):
    """All papers, each ticked by who has seen it."""

    papers = forms.MultipleChoiceField(
        label="已核对的材料", choices=list(PAPERS.items()), widget=forms.CheckboxSelectMultiple
    )


class SummonForm(kit.StepForm):
    """Why the uploaded papers are not enough."""

    reason = forms.CharField(
        label="到窗口核验的原因", max_length=500, widget=kit.LONG, help_text="写明哪一份材料不能证明。将告知异议人。"
    )


class AskForm(kit.StepForm):
    """All that is missing, once."""

    papers = forms.CharField(label="需要补正的材料", max_length=500, widget=kit.LONG)


class SupplyForm(kit.StepForm):
    """The papers, at the desk."""

    evidence = kit.AttachmentsField(label="补正的材料")


class AddForm(kit.StepForm):
    """More evidence, at the desk."""

    evidence = kit.AttachmentsField(label="补充的证据")


class RefuseForm(kit.StepForm):
    """Why it is not taken up."""

    reason = forms.CharField(
        label="不予受理的理由", max_length=500, widget=kit.LONG, help_text="一并写明救济途径。理由将告知异议人。"
    )


class AnswerForm(kit.StepForm):
    """What the department found."""

    finding = forms.ChoiceField(label="核实结论", choices=choices(SOURCE_LABELS), widget=forms.RadioSelect)
    text = forms.CharField(label="核实情况和依据", max_length=LONGEST, widget=kit.LONG)
    evidence = kit.AttachmentsField(label="核实材料", required=False)


class ExtendForm(kit.StepForm):
    """Longer, once."""

    reason = forms.CharField(label="延长的理由", max_length=500, widget=kit.LONG, help_text="理由将告知异议人。")


class DecideForm(kit.StepForm):
    """The answer."""

    outcome = forms.ChoiceField(label="答复", choices=choices(OUTCOME_LABELS), widget=forms.RadioSelect)
    answer = forms.CharField(
        label="理由", max_length=LONGEST, widget=kit.LONG, help_text="告知异议人，救济途径自动附后。"
    )
    public_note = forms.CharField(
        label="对外说明",
        max_length=500,
        required=False,
        widget=kit.LONG,
        help_text="撤回公示、移出名单、未能核实的必填，向社会公开，不得含有个人信息。",
    )
    old_is_private = forms.BooleanField(label="原公示内容涉及隐私或者商业秘密，更正说明中不再显示", required=False)
    on = ChineseDateField(label="答复日期")


class ReasonForm(kit.StepForm):
    """Taking back, at the desk in the name of who objected."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)


class AppealForm(kit.StepForm):
    """An appeal, at the desk."""

    reasons = forms.CharField(label="对答复不服的理由", max_length=LONGEST, widget=kit.LONG)


class OwnSupplyForm(ActionForm):
    """The papers, from the company."""

    evidence = kit.AttachmentsField(label="补正的材料")


class OwnAddForm(ActionForm):
    """More evidence, from who objected."""

    evidence = kit.AttachmentsField(label="补充的证据")


class OwnAppealForm(ActionForm):
    """An appeal, from the company."""

    reasons = forms.CharField(label="对答复不服的理由", max_length=LONGEST, widget=kit.LONG)


class OwnRetractForm(ActionForm):
    """Taking back, from the company."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)


class ContestForm(ActionForm):
    """A reconsideration or a lawsuit, by the notice of its acceptance."""

    item = forms.CharField(label="公示编号", max_length=12, help_text="公示页面上的12位字母和数字。")
    kind = forms.ChoiceField(label="种类", choices=choices(CONTEST_LABELS), widget=forms.RadioSelect)
    body = forms.CharField(label="受理机关", max_length=100)
    number = forms.CharField(label="受理案号", max_length=100)
    begun_on = ChineseDateField(label="受理日期")


class EndContestForm(EditForm):
    """How it ended."""

    result = forms.CharField(label="审结的结果", max_length=300, widget=kit.LONG)
    ended_on = ChineseDateField(label="审结日期")
