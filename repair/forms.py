"""What the forms of a repair ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from casework import forms as kit
from casework.rules.attachments import HELP
from casework.rules.hearing import LEAST, MOST, RESPONSE_DAYS
from companies.forms import secret
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from repair.actions import Application
from repair.rules.handling import LONGEST, Ruling, Word
from repair.rules.procedure import FINDING_LABELS, GROUND_LABELS, WAY_LABELS, Finding, Way

PROOF = f"例如缴款凭证、整改验收意见、执行完毕证明。{HELP}只供核实，不公开。"


class AnswersForm(ActionForm):
    """What is asked of who applies; nothing that the platform holds."""

    way = forms.ChoiceField(
        label="申请事由", choices=choices(WAY_LABELS), initial=Way.ORDINARY.value, widget=forms.RadioSelect
    )
    performed_on = ChineseDateField(
        label="纠正失信行为、全部履行义务的日期", required=False, help_text="以证明材料为准。破产重整、和解的不用填写。"
    )
    told = forms.CharField(
        label="情况说明", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    court = forms.CharField(
        label="作出裁定的人民法院", required=False, max_length=100, help_text="仅破产重整、和解的填写，以下各项同。"
    )
    ruling_number = forms.CharField(label="裁定书文号", required=False, max_length=100)
    ruling_on = ChineseDateField(label="裁定日期", required=False)
    plan_until = ChineseDateField(label="计划（协议）执行期限届满日", required=False)
    administrator = forms.CharField(label="管理人", required=False, max_length=100, help_text="由管理人申请的填写。")


def application_of(given: Mapping[str, Any]) -> Application:
    """What was filled in, as the verbs take it."""
    ruling = None
    if given["way"] == Way.BANKRUPTCY:
        ruling = Ruling(
            court=given["court"],
            number=given["ruling_number"],
            on=given["ruling_on"],
            administrator=given["administrator"],
            plan_until=given["plan_until"],
        )
    return Application(way=given["way"], performed_on=given["performed_on"], told=given["told"], ruling=ruling)


class SignForm(ActionForm):
    """Papers and letter of a company; `ask_password=False` after a fresh log-in at the unified login."""

    proof = kit.AttachmentsField(label="履行义务、纠正失信行为的证明材料", help_text=PROOF)
    read = forms.BooleanField(label="我已阅读信用承诺书全文，自愿作出承诺")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = secret("密码", "current-password", help_text="再次输入登录密码，确认是本账户签署。")

    def __init__(self, *args: Any, ask_password: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not ask_password:
            del self.fields["password"]


class PaperForm(AnswersForm):
    """The application of who has no account: with the letter on paper."""

    proof = kit.AttachmentsField(label="履行义务、纠正失信行为的证明材料", help_text=PROOF)
    paper = kit.AttachmentsField(
        label="签字盖章的信用承诺书",
        help_text=f"下载文本，由法定代表人（负责人）签字并加盖公章后扫描或者拍照上传。{HELP}",
    )


class VisitorForm(PaperForm):
    """The same at a window, for a visitor whose identity was seen."""

    seen = forms.BooleanField(label="已核对来访人身份和授权")


class OutsiderForm(PaperForm):
    """The same from outside, without an account: whose item it is must be known to who asks."""

    name = forms.CharField(label="主体名称", max_length=200, help_text="营业执照或者登记证书上的全称。")
    code = forms.CharField(label="统一社会信用代码", max_length=18)
    true = forms.BooleanField(label="本单位确认以上内容和材料真实，知晓提供虚假材料的后果")


class AskForm(kit.StepForm):
    """All that is missing, once."""

    papers = forms.CharField(label="需要补正的材料", max_length=500, widget=kit.LONG)


class SupplyForm(kit.StepForm):
    """The papers, at the desk."""

    proof = kit.AttachmentsField(label="补正的材料", help_text=PROOF)


class RefuseForm(kit.StepForm):
    """Why it is not taken up."""

    reason = forms.CharField(
        label="不予受理的理由",
        max_length=500,
        widget=kit.LONG,
        help_text="系统一并告知最早可申请的日期或者缺少的条件。",
    )


class VerifyForm(kit.StepForm):
    """What the authority found."""

    finding = forms.ChoiceField(label="核实结论", choices=choices(FINDING_LABELS), widget=forms.RadioSelect)
    performed_on = ChineseDateField(label="纠正、履行完毕的日期", required=False, help_text="确认符合条件的必填。")
    document = forms.CharField(
        label="移出（修复）决定文书号",
        max_length=128,
        required=False,
        help_text="名单、异常名录的必填：由认定单位决定移出。",
    )
    text = forms.CharField(label="核实情况和依据", max_length=LONGEST, widget=kit.LONG)
    proof = kit.AttachmentsField(label="核实材料", required=False)


def word_of(finding: str, text: str, performed_on: date | None, document: str) -> Word:
    """What was filled in, as the rules take it."""
    return Word(finding=Finding(finding), text=text, performed_on=performed_on, document=document)


class ReasonForm(kit.StepForm):
    """A step with its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=kit.LONG, help_text="理由将告知申请人。")


class RetractForm(kit.StepForm):
    """Taking back, at the desk in the name of who applied."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)


class ReviewForm(kit.StepForm):
    """The first review."""

    opinion = forms.CharField(
        label="初审意见",
        max_length=LONGEST,
        widget=kit.LONG,
        help_text="写明条件、材料、承诺书是否符合要求，建议准予、不予修复或者临时屏蔽。",
    )


class AnswerForm(kit.StepForm):
    """A decision, with what is told beside it."""

    answer = forms.CharField(label="告知申请人的说明", max_length=LONGEST, required=False, widget=kit.LONG)


class RejectForm(kit.StepForm):
    """A refusal."""

    answer = forms.CharField(
        label="不予修复的理由",
        max_length=LONGEST,
        widget=kit.LONG,
        help_text="缺少的条件或者最早可再申请的日期、救济途径自动附后。",
    )


class FollowForm(kit.StepForm):
    """How a plan is being carried out."""

    text = forms.CharField(label="执行情况", max_length=LONGEST, widget=kit.LONG)


class FreeForm(kit.StepForm):
    """One measure that hinders the plan; `offered` are the measures that are being carried out."""

    item = forms.TypedChoiceField(label="妨碍计划执行的措施", coerce=int)
    reason = forms.CharField(label="怎样妨碍计划执行", max_length=500, widget=kit.LONG)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["item"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - declared above
        choice.choices = list(self.offered)


class CompleteForm(kit.StepForm):
    """The court's last ruling."""

    ruling = forms.CharField(label="确认执行完毕的裁定书文号", max_length=100)


class NotifyForm(kit.StepForm):
    """That a repair is to be undone."""

    ground = forms.ChoiceField(label="事由", choices=choices(GROUND_LABELS), widget=forms.RadioSelect)
    notice = forms.CharField(
        label="告知内容", max_length=3000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写明事实、依据、拟作出的处理以及陈述申辩的权利。",
    )  # fmt: skip
    days = forms.IntegerField(label="陈述申辩期限（工作日）", initial=RESPONSE_DAYS, min_value=LEAST, max_value=MOST)


class UndoForm(kit.StepForm):
    """Undone, with reasons."""

    reasons = forms.CharField(label="撤销的理由", max_length=3000, widget=kit.LONG)
    considered = forms.CharField(
        label="对陈述申辩的意见", required=False, max_length=2000, widget=kit.LONG, help_text="当事人已陈述申辩的必填。"
    )


class OwnSupplyForm(ActionForm):
    """The papers, from the company."""

    proof = kit.AttachmentsField(label="补正的材料", help_text=PROOF)


class OwnRetractForm(ActionForm):
    """Taking back, from the company."""

    reason = forms.CharField(label="撤回的原因", max_length=500, required=False, widget=kit.LONG)
