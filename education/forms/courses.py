"""Forms of who writes and checks courses, and the filters of the desk."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from casework.forms import AttachmentsField
from credit_platform.accounts.desk import offer_departments
from credit_platform.accounts.models import Department
from credit_platform.web.forms import ActionForm, EditForm
from education.models import Certificate, CourseVersion, KeyGroup
from education.queries.courses import departments_with_courses
from education.rules import certificates, courses


class VersionFields(forms.Form):
    """What a version says."""

    summary = forms.CharField(label="课程简介", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    minutes = forms.IntegerField(label="学时（分钟）", min_value=1, max_value=6000)
    drawn = forms.IntegerField(label="每卷题数", min_value=1, max_value=100, help_text="考试时从题库中随机抽取。")
    pass_percent = forms.IntegerField(label="合格比例（%）", min_value=1, max_value=100, initial=courses.PASS_PERCENT)
    attempts = forms.IntegerField(label="连续考试次数", min_value=1, max_value=20, initial=courses.ATTEMPTS)
    pause_hours = forms.IntegerField(
        label="间隔（小时）",
        min_value=0,
        max_value=720,
        initial=courses.PAUSE_HOURS,
        help_text="连续未通过达到次数后，间隔多久可以再考。",
    )
    valid_months = forms.IntegerField(label="证书有效期（月）", min_value=1, max_value=120, initial=24)
    basis = forms.CharField(label="依据", max_length=200)


class CourseForm(ActionForm, VersionFields):
    """A new course."""

    title = forms.CharField(label="课程名称", max_length=100)
    code = forms.SlugField(
        label="课程代码", max_length=40, help_text="小写字母、数字和连字符，用于网址，例如 qiye-chengxin。"
    )
    audience = forms.ChoiceField(label="对象", choices=courses.AUDIENCE_CHOICES)
    group = forms.ModelChoiceField(
        label="重点职业人群", queryset=KeyGroup.objects.none(), required=False, help_text="面向重点职业人群的课程必选。"
    )
    occasions = forms.MultipleChoiceField(
        label="提供环节",
        choices=courses.OCCASION_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="面向市场主体的课程必选。只提供学习，不作为办理事项的条件。",
    )
    field_order = ("title", "code", "audience", "group", "occasions")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        group = self.fields["group"]
        assert isinstance(group, forms.ModelChoiceField)  # noqa: S101 - declared above
        group.queryset = KeyGroup.objects.in_force(timezone.localdate())


class VersionForm(EditForm, VersionFields):
    """A version that is being written."""


class LessonForm(ActionForm):
    """A lesson."""

    title = forms.CharField(label="课时名称", max_length=100)
    text = forms.CharField(
        label="正文", max_length=20000, widget=forms.Textarea(attrs={"rows": 16}), help_text="空一行分段。"
    )
    papers = AttachmentsField(label="资料", required=False, films=True)


class QuestionForm(ActionForm):
    """A question with its options, one a line."""

    text = forms.CharField(label="题干", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    options = forms.CharField(
        label="选项", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一个，不写序号。"
    )
    right = forms.RegexField(
        label="正确选项",
        regex=r"^\s*\d+(\s*[,，]\s*\d+)*\s*$",
        max_length=30,
        error_messages={"invalid": "正确选项写成序号，例如“1”或者“1,3”。"},
        help_text="序号从1起；有几个正确选项的用逗号分开。",
    )

    def clean_options(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["options"]).splitlines() if line.strip()]

    def clean_right(self) -> list[int]:
        return [int(each) for each in str(self.cleaned_data["right"]).replace("，", ",").split(",")]


class NoteForm(EditForm):
    """A verb that wants words."""

    note = forms.CharField(label="意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PlainForm(EditForm):
    """A verb without words."""


class ReasonForm(EditForm):
    """Why a certificate should be revoked."""

    reason = forms.CharField(label="撤销原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class VersionFilter(django_filters.FilterSet):
    """Filters of the desk's list of courses."""

    q = django_filters.CharFilter(label="课程名称", field_name="course__title", lookup_expr="contains")
    audience = django_filters.ChoiceFilter(
        label="对象", empty_label="全部", field_name="course__audience", choices=courses.AUDIENCE_CHOICES
    )
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=courses.STATE_CHOICES)
    department = django_filters.ModelChoiceFilter(
        label="责任单位", empty_label="全部", field_name="course__department", queryset=Department.objects.none()
    )

    class Meta:
        model = CourseVersion
        fields = ("q", "audience", "state", "department")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_departments(self, departments_with_courses())


class CertificateFilter(django_filters.FilterSet):
    """Filters of the desk's list of certificates."""

    q = django_filters.CharFilter(label="证书编号、单位名称或信用代码", method="by_text")
    course = django_filters.CharFilter(label="课程代码", field_name="course_version__course__code")
    year = django_filters.NumberFilter(label="发证年份", field_name="issued_on__year")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=certificates.STATE_CHOICES)

    class Meta:
        model = Certificate
        fields = ("q", "course", "year", "state")

    def by_text(self, rows: QuerySet[Certificate], name: str, value: str) -> QuerySet[Certificate]:
        """The whole number, a part of the firm's name, or its code."""
        text = value.strip()
        firm = rows.filter(learner__subject__name__contains=text) | rows.filter(learner__subject__code=text.upper())
        return firm | rows.filter(number=text.upper())
