"""Forms of associations: the department's, the association's, the member's."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from companies.queries import UNKNOWN
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from industry.associations import rules
from industry.associations.models import Association, Member
from records.identifiers.clean import clean_code
from records.models import Subject

LONG = forms.Textarea(attrs={"rows": 4})


class CodeField(forms.CharField):
    """A subject by its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> Any:
        code = clean_code(super().clean(value))
        subject = Subject.objects.with_public_page().filter(code=code).first()
        if subject is None:
            raise forms.ValidationError(UNKNOWN + "请对照登记证书核对。")
        return subject


class DraftForm(ActionForm):
    """A new authorisation."""

    subject = CodeField(label="协会的统一社会信用代码")
    scope = forms.CharField(label="授权范围", max_length=300, widget=LONG)
    document = forms.CharField(label="授权文号", max_length=128)
    valid_from = ChineseDateField(label="授权起始日")
    valid_until = ChineseDateField(label="授权截止日")


class PlainForm(EditForm):
    """A verb without words."""


class NoteForm(EditForm):
    """A verb that wants words."""

    note = forms.CharField(label="原因", max_length=300, widget=LONG)


class AdmitForm(ActionForm):
    """A new member."""

    subject = CodeField(label="会员的统一社会信用代码")
    since = ChineseDateField(label="入会日期")


class RecordForm(ActionForm):
    """What is recorded of a member."""

    member = forms.ModelChoiceField(label="会员", queryset=Member.objects.none())
    kind = forms.ChoiceField(label="类别", choices=rules.KIND_CHOICES)
    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(
        label="内容", max_length=2000, widget=LONG, help_text="不得写入自然人信息，不得记录行政处罚等公共信用信息。"
    )
    on = ChineseDateField(label="日期")

    def __init__(self, *args: Any, members: QuerySet[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["member"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        choice.queryset = members


class AnswerForm(ActionForm):
    """The association's word to an appeal, or why it withdraws."""

    answer = forms.CharField(label="理由", max_length=2000, widget=LONG)


class AppealForm(ActionForm):
    """The member's word."""

    text = forms.CharField(label="申诉理由", max_length=2000, widget=LONG, help_text="只供协会和授权单位处理，不公开。")


class WordForm(ActionForm):
    """A verb without words."""

    word = forms.CharField(widget=forms.HiddenInput, initial="1")


class AssociationFilter(django_filters.FilterSet):
    """Filters of the desk's list."""

    q = django_filters.CharFilter(label="协会名称", field_name="subject__name", lookup_expr="contains")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=rules.STATE_CHOICES)

    class Meta:
        model = Association
        fields = ("q", "state")
