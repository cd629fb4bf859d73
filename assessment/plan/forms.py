"""What the forms about tasks ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from assessment.plan.models import Contact, Document, Task, TaskAssignment
from assessment.plan.rules import CONTACT_LABELS, DOCUMENT_LABELS, DUE_LABELS, RESULT_LABELS, DocumentState
from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.formats import cn_date
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.lists import RowFilter

NO_PERSONS = "不得含有身份证号等个人信息。"
NO_DAY = ""
"""The choice of evidence that answers to no last day."""


def departments(request: HttpRequest | None = None) -> QuerySet[Department]:
    """Departments of the city, in the order of their codes."""
    return Department.objects.of_the_city().order_by("code")


def tasks(request: HttpRequest | None = None) -> QuerySet[Task]:
    """All tasks, in the order of the plan."""
    return Task.objects.all()


class AssignmentFilter(django_filters.FilterSet):
    """By task, department and kind of due."""

    task = RowFilter(label="任务", empty_label="全部", queryset=tasks)
    department = RowFilter(label="单位", empty_label="全部", queryset=departments)
    due = django_filters.ChoiceFilter(
        label="期限种类", empty_label="全部", field_name="task__due", choices=choices(DUE_LABELS)
    )

    class Meta:
        model = TaskAssignment
        fields = ("task", "department", "due")


class ContactFilter(django_filters.FilterSet):
    """By department and kind."""

    department = RowFilter(label="单位", empty_label="全部", queryset=departments)
    kind = django_filters.ChoiceFilter(label="类别", empty_label="全部", choices=choices(CONTACT_LABELS))

    class Meta:
        model = Contact
        fields = ("department", "kind")


class DocumentFilter(django_filters.FilterSet):
    """By title or number, department, task and state."""

    q = django_filters.CharFilter(label="文件名称或文号", method="by_text")
    department = RowFilter(label="单位", empty_label="全部", queryset=departments)
    task = RowFilter(label="任务", empty_label="全部", queryset=tasks)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(DOCUMENT_LABELS))

    class Meta:
        model = Document
        fields = ("q", "department", "task", "state")

    def by_text(self, rows: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        """A part of the title, or the number."""
        text = value.strip()
        return rows.filter(title__contains=text) | rows.filter(number=text)


class AssignForm(ActionForm):
    """A task for departments."""

    task = forms.ModelChoiceField(label="任务", queryset=Task.objects.all(), empty_label="请选择")
    departments = forms.ModelMultipleChoiceField(
        label="单位", queryset=departments(), widget=forms.CheckboxSelectMultiple
    )
    leads = forms.BooleanField(label="牵头单位", required=False)
    due = forms.ChoiceField(label="期限种类", required=False, choices=[("", "按任务的期限"), *choices(DUE_LABELS)])
    due_on = ChineseDateField(label="期限", required=False, help_text="一次完成、按年报送的填写。")
    valid_from = ChineseDateField(label="起始日期")


class EndForm(ActionForm):
    """The last day of an assignment."""

    on = ChineseDateField(label="终止日期", help_text="终止前应当完成的事项照旧计算。")


class EvidenceForm(ActionForm):
    """What was done; `days` are the last days that wait for an answer."""

    for_due = forms.ChoiceField(label="对应的期限", required=False)
    done_on = ChineseDateField(label="完成日期")
    text = forms.CharField(label="落实情况", max_length=3000, widget=LONG, help_text=NO_PERSONS)
    document = forms.CharField(label="文件名称和文号", max_length=200, required=False)
    link = forms.CharField(label="公开网址", max_length=300, required=False)
    papers = AttachmentsField(label="证明材料", required=False)

    def __init__(self, *args: Any, days: list[date], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["for_due"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [*((day.isoformat(), cn_date(day)) for day in days), (NO_DAY, "不对应期限，报送进展")]

    def clean_for_due(self) -> date | None:
        """The day itself; None for progress of what goes on."""
        given = self.cleaned_data["for_due"]
        return date.fromisoformat(given) if given else None


class AcceptForm(StepForm):
    """The evidence shows what it says."""


class ReasonForm(StepForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)


class ResubmitForm(StepForm):
    """What was mended."""

    done_on = ChineseDateField(label="完成日期")
    text = forms.CharField(label="落实情况", max_length=3000, widget=LONG, help_text=NO_PERSONS)
    document = forms.CharField(label="文件名称和文号", max_length=200, required=False)
    link = forms.CharField(label="公开网址", max_length=300, required=False)
    papers = AttachmentsField(label="补充的证明材料", required=False)


class InspectForm(StepForm):
    """What was seen."""

    result = forms.ChoiceField(label="核查结果", choices=[("", "请选择"), *choices(RESULT_LABELS)])
    finding = forms.CharField(label="核查情况", max_length=2000, widget=LONG, help_text=NO_PERSONS)


class ContactForm(ActionForm):
    """Who answers for the plan."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *choices(CONTACT_LABELS)])
    name = forms.CharField(label="姓名", max_length=50)
    post = forms.CharField(label="职务", max_length=60)
    phone = forms.CharField(label="办公电话", max_length=30, help_text="只有本单位和市信用办可以查看。")
    on = ChineseDateField(label="起始日期")


class DocumentForm(ActionForm):
    """A planned document."""

    task = forms.ModelChoiceField(label="对应任务", queryset=Task.objects.all(), empty_label="请选择")
    title = forms.CharField(label="文件名称", max_length=200)
    planned_on = ChineseDateField(label="计划印发日期")


class DocumentChangeForm(EditForm):
    """A document is issued or repealed; `following` is the one state that comes next."""

    number = forms.CharField(label="文号", max_length=100, required=False)
    on = ChineseDateField(label="日期")
    link = forms.CharField(label="公开网址", max_length=300, required=False)

    def __init__(self, *args: Any, following: DocumentState, **options: Any) -> None:
        super().__init__(*args, **options)
        if following is not DocumentState.ISSUED:
            del self.fields["number"]
