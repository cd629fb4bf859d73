"""Forms of sessions of training."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from companies.queries import UNKNOWN
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from education.models import Course, Training
from education.trainings import rules
from education.trainings.queries import repair_courses
from records.identifiers.clean import clean_code
from records.models import Subject

CLOCK = "写成 09:00。"


class PlanForm(ActionForm):
    """A new session."""

    title = forms.CharField(label="名称", max_length=100)
    course = forms.ModelChoiceField(
        label="课程", queryset=Course.objects.none(), help_text="使用中的信用修复培训课程，参加者可以考试取得证书。"
    )
    on = ChineseDateField(label="培训日期")
    begins = forms.TimeField(label="开始时间", help_text=CLOCK)
    ends = forms.TimeField(label="结束时间", help_text=CLOCK)
    place = forms.CharField(label="地点或者网络平台", max_length=200)
    trainer = forms.CharField(label="授课单位", max_length=100)
    capacity = forms.IntegerField(label="席位", min_value=1, max_value=5000)
    least_minutes = forms.IntegerField(
        label="最少在场时间（分钟）", min_value=1, max_value=600, help_text="达到的计入覆盖。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["course"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        choice.queryset = repair_courses()


class AnnounceForm(EditForm):
    """Whom to invite."""

    own = forms.ChoiceField(
        label="邀请范围",
        choices=[("own", "本单位作出的行政处罚正在公示的主体"), ("all", "全市行政处罚正在公示的主体")],
        widget=forms.RadioSelect,
        help_text="只邀请单位和个体工商户，不邀请自然人。参加自愿、免费。",
    )


class SeatForm(ActionForm):
    """Somebody who came."""

    code = forms.CharField(label="单位的统一社会信用代码", max_length=30)
    name = forms.CharField(label="参加人员姓名", max_length=40, help_text="只保存姓氏。")
    came = forms.TimeField(label="签到时间", help_text=CLOCK)
    left = forms.TimeField(label="签退时间", help_text=CLOCK)

    def clean_code(self) -> Subject:
        subject = Subject.objects.with_public_page().filter(code=clean_code(self.cleaned_data["code"])).first()
        if subject is None:
            raise forms.ValidationError(UNKNOWN + "请对照营业执照核对。")
        return subject


class NoteForm(EditForm):
    """A verb that wants words."""

    note = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PlainForm(EditForm):
    """A verb without words."""


class AcceptForm(ActionForm):
    """A company takes seats."""

    seats = forms.IntegerField(label="席位", min_value=1, max_value=rules.SEATS_MOST, initial=1)


class TrainingFilter(django_filters.FilterSet):
    """Filters of the desk's list."""

    q = django_filters.CharFilter(label="名称", field_name="title", lookup_expr="contains")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=rules.STATE_CHOICES)

    class Meta:
        model = Training
        fields = ("q", "state")
