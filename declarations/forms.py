"""Forms of voluntary declarations: the company's, the public's, the desk's."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet

from casework.forms import AttachmentsField
from casework.rules.attachments import HELP
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from declarations.models import Declaration, DeclarationReport
from declarations.rules import KIND_CHOICES, STATE_CHOICES, State


class DeclarationForm(ActionForm):
    """What a company declares."""

    kind = forms.ChoiceField(label="类别", choices=KIND_CHOICES)
    title = forms.CharField(label="标题", max_length=120)
    body = forms.CharField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="将原文公开，不得含有身份证件号码、手机号码、住址等个人信息。",
    )
    happened_on = ChineseDateField(label="发生（取得）日期", required=False)
    valid_until = ChineseDateField(label="有效期至", required=False)
    version_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class SubmitForm(ActionForm):
    """The promise and optional papers."""

    promise = forms.BooleanField(label="我已阅读并作出上述真实性承诺")
    papers = AttachmentsField(label="证明材料", required=False, help_text=f"{HELP}不公开。")


class PlainForm(ActionForm):
    """A verb without words."""


class NoteForm(EditForm):
    """A verb of the desk that wants words."""

    text = forms.CharField(label="意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(ActionForm):
    """The outcome of a report."""

    untrue = forms.ChoiceField(
        label="核查结论",
        choices=[("no", "反映不属实或者无法核实，继续公开"), ("yes", "反映属实，撤除该申报")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="核查情况和办理结果", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(ActionForm):
    """Somebody says that a declaration is not true."""

    reason = forms.CharField(
        label="哪些内容不属实",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请写明事实和线索，便于核查。",
    )
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="加密保存，仅供核查时联系，不告知被反映的主体。"
    )


class DeclarationFilter(django_filters.FilterSet):
    """Filters of the desk's list."""

    q = django_filters.CharFilter(label="主体名称开头或标题", method="by_text")
    state = django_filters.ChoiceFilter(
        label="状态", choices=[each for each in STATE_CHOICES if each[0] != State.DRAFT]
    )
    kind = django_filters.ChoiceFilter(label="类别", choices=KIND_CHOICES)
    reported = django_filters.ChoiceFilter(label="不实反映", choices=[("true", "有待办反映")], method="by_report")

    class Meta:
        model = Declaration
        fields = ("q", "state", "kind", "reported")

    def by_text(self, rows: QuerySet[Declaration], name: str, value: str) -> QuerySet[Declaration]:
        """The beginning of the subject's name, or a part of the title."""
        text = value.strip()
        return rows.filter(subject__name__startswith=text) | rows.filter(title__contains=text)

    def by_report(self, rows: QuerySet[Declaration], name: str, value: str) -> QuerySet[Declaration]:
        """Those with a report that was not answered."""
        return rows.filter(pk__in=DeclarationReport.objects.filter(answered_on__isnull=True).values("declaration"))
