"""What the forms of a correction ask beside what those of every case ask."""

from __future__ import annotations

from django import forms

from casework import forms as kit
from casework.rules.attachments import HELP
from casework.rules.hearing import LONGEST
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from sanctions.corrections.rules import LONGEST_DAYS


class OpenForm(ActionForm):
    """The beginning of a case."""

    facts = forms.CharField(
        label="需要整改的问题", max_length=2000, widget=kit.LONG, help_text="写明查到的事实。不得含有个人信息。"
    )
    demands = forms.CharField(
        label="整改要求和复查办法", max_length=2000, widget=kit.LONG, help_text="逐项写明整改到什么程度，怎样复查。"
    )


class OrderForm(kit.NotifyForm):
    """The order, signed by a second person."""

    order_number = forms.CharField(label="责令整改文书号", max_length=128)
    days = forms.IntegerField(label="整改期限（工作日）", min_value=3, max_value=LONGEST_DAYS)
    on = ChineseDateField(label="签发日期")
    field_order = ("order_number", "notice", "days", "on")


class ServeForm(kit.ServeForm):
    """Service of the order."""

    on = ChineseDateField(label="送达日期", help_text="整改期限自送达次日起计算。")


class RecheckForm(kit.StepForm):
    """Somebody has looked again."""

    recheck = forms.CharField(label="复查情况", max_length=2000, widget=kit.LONG, help_text="写明怎样复查、查到什么。")
    evidence = kit.AttachmentsField(label="复查材料", required=False)
    on = ChineseDateField(label="复查日期")


class InviteForm(kit.StepForm):
    """The invitation, signed by a second person; which talk it is follows from the facts."""

    document_number = forms.CharField(label="约谈通知文书号", max_length=128)
    talk_on = ChineseDateField(label="约谈日期")
    talk_at = forms.CharField(label="约谈地点", max_length=200)
    on = ChineseDateField(label="通知日期")


class InterviewForm(kit.StepForm):
    """The talk was held."""

    attended = forms.CharField(label="到场人员", max_length=300, help_text="写明姓名和职务，如法定代表人赵某某。")
    minutes = forms.CharField(label="约谈笔录", max_length=8000, widget=forms.Textarea(attrs={"rows": 12}))
    promise = forms.CharField(label="承诺整改的事项", max_length=2000, widget=kit.LONG)
    days = forms.IntegerField(
        label="承诺整改期限（工作日）", min_value=1, max_value=LONGEST_DAYS, help_text="自约谈次日起计算。"
    )
    attachments = kit.AttachmentsField(label="签字的约谈笔录")
    on = ChineseDateField(label="约谈日期")
    field_order = ("on", "attended", "minutes", "promise", "days", "attachments")


class ReportForm(kit.RespondForm):
    """What the company has corrected, or why not."""

    statement = forms.CharField(
        label="整改情况",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="逐项写明整改情况、完成日期；有异议的写明理由。只供办理本事项，不公开。",
    )
    attachments = kit.AttachmentsField(label="证明材料", required=False, help_text=f"{HELP}不公开。")
    final = forms.BooleanField(label="本单位确认以上内容属实，知晓提交后不能修改")


class AbsentForm(kit.StepForm):
    """Nobody came."""

    reason = forms.CharField(label="未到场的情况", max_length=500, widget=kit.LONG)


class DismissForm(kit.DismissForm):
    """Nothing is to be corrected."""

    reason = forms.CharField(label="不予整改的理由", max_length=500, widget=kit.LONG)


class AnnulForm(kit.StepForm):
    """A talk that should not have been held."""

    reason = forms.CharField(label="撤销理由", max_length=500, widget=kit.LONG)
    on = ChineseDateField(label="撤销日期")
