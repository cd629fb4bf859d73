"""Forms of the desk. They carry the version that the person saw; nothing is saved here."""

from __future__ import annotations

from typing import Any

from django import forms

from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import EditForm
from disclosure.actions.exemptions import SEVERITIES

LONG = forms.Textarea(attrs={"rows": 4})


class SubmitForm(EditForm):
    """A button: nothing to fill in."""


class ReasonForm(EditForm):
    """A verb that only needs its reason."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG, help_text="写明理由和依据，记入办理经过。")


class ConfirmForm(EditForm):
    """Confirm what another person said."""

    reason = forms.CharField(label="确认意见", required=False, max_length=500, widget=LONG)


class SeverityForm(EditForm):
    """The class that the deciding authority states."""

    severity = forms.ChoiceField(
        label="失信严重程度",
        choices=[(name, name) for name in SEVERITIES],
        widget=forms.RadioSelect,
        help_text="由作出决定的机关认定。轻微失信归集但不公示，须另一人确认；一般最长公示1年；严重最长公示3年。",
    )
    basis = forms.CharField(
        label="认定依据", max_length=500, widget=LONG, help_text="裁量基准、领域标准的名称和条款，或机关认定意见。"
    )


class PerformanceForm(EditForm):
    """The day on which the duty was performed and the conduct corrected."""

    performed_on = ChineseDateField(label="履行、纠正完毕日期")
    proof = forms.CharField(
        label="证明材料", max_length=500, widget=LONG, help_text="缴款凭证、整改验收等材料的名称和编号。"
    )


class ReviewForm(EditForm):
    """Approve at once or for a day, or return."""

    verdict = forms.ChoiceField(
        label="审核结论",
        choices=[("publish", "通过并立即公示"), ("approve", "通过，定于某日公示"), ("return", "退回修改")],
        widget=forms.RadioSelect,
    )
    publish_from = ChineseDateField(
        label="公示日期", required=False, help_text="选择“定于某日公示”时填写，不得晚于公示截止日。"
    )
    confirm_masked = forms.BooleanField(label="已核对，按遮盖后内容公示", required=False)
    confirm_doubts = forms.BooleanField(label="已与决定书核对，内容无误", required=False)
    reason = forms.CharField(
        label="审核意见", required=False, max_length=500, widget=LONG, help_text="退回时必填，写明应更正的内容。"
    )

    def __init__(self, *args: Any, masked: bool = False, doubtful: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not masked:
            del self.fields["confirm_masked"]
        if not doubtful:
            del self.fields["confirm_doubts"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        verdict = data.get("verdict")
        if verdict == "approve" and not data.get("publish_from") and "publish_from" not in self.errors:
            self.add_error("publish_from", "请填写公示日期。")
        if verdict == "return" and not (data.get("reason") or "").strip():
            self.add_error("reason", "请填写退回原因。")
        return data


class CorrectForm(EditForm):
    """Confirm that the public sees what the record says now."""

    reason = forms.CharField(
        label="更正说明", max_length=500, widget=LONG, help_text="写明更正了哪些内容、为什么，记入办理经过。"
    )
    confirm_masked = forms.BooleanField(label="已核对，按遮盖后内容公示", required=False)
    confirm_doubts = forms.BooleanField(label="已与决定书核对，内容无误", required=False)


class SuspendForm(EditForm):
    """Stop showing for the time being."""

    reason = forms.CharField(
        label="中止公示的原因", max_length=300, widget=LONG, help_text="例如：收到异议，正在向决定机关核实。"
    )
    public_note = forms.CharField(label="对外说明", required=False, max_length=500, widget=LONG)


class WithdrawForm(EditForm):
    """Take back for good."""

    annulled_on = ChineseDateField(label="撤销、变更决定的日期", help_text="自该日起3个工作日内应撤回并公开说明理由。")
    reason = forms.CharField(
        label="撤回原因", max_length=300, widget=LONG, help_text="写明撤销、变更决定的文书名称和文号。"
    )
    basis = forms.CharField(label="依据", required=False, max_length=300)
    public_note = forms.CharField(
        label="对外说明", max_length=500, widget=LONG, help_text="向社会公开，不得含有个人信息。"
    )
