"""What the forms of articles ask."""

from __future__ import annotations

import django_filters
from django import forms

from assessment.articles.models import ArticleCase
from assessment.articles.rules import KIND_LABELS, LONGEST
from casework.forms import LONG, StepForm
from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm

MARKS = "空行分段；“## ”开头为小标题，“- ”开头为列表，链接写成[文字](https://…)。"


class ArticleFields(forms.Form):
    """What an article says."""

    kind = forms.ChoiceField(label="栏目", choices=[("", "请选择"), *choices(KIND_LABELS)])
    title = forms.CharField(label="标题", max_length=100)
    source = forms.CharField(label="发文机关和文号", max_length=200, required=False, help_text="政策法规必填。")
    text = forms.CharField(label="正文", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}), help_text=MARKS)


class ArticleForm(ArticleFields, ActionForm):
    """A new article."""


class ReviseForm(ArticleFields, StepForm):
    """An article, changed."""


class AgreeForm(StepForm):
    """A step that needs nothing but its day."""


class ReasonForm(StepForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)


class ArticleFilter(django_filters.FilterSet):
    """By title and kind."""

    q = django_filters.CharFilter(label="标题", field_name="title", lookup_expr="contains")
    kind = django_filters.ChoiceFilter(label="栏目", empty_label="全部", choices=choices(KIND_LABELS))

    class Meta:
        model = ArticleCase
        fields = ("q", "kind")
