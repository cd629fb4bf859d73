"""What is asked at the desk of grading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm, EditForm
from records.queries.ledger import kinds
from supervision.grading.models import Band, DirectRule, GradingModel, Indicator
from supervision.grading.queries.desk import versions
from supervision.grading.rules.model import ROUNDING_LABELS
from supervision.grading.rules.schemes import INTERNAL

SEVERITIES = tuple((word, word) for word in ("轻微", "一般", "严重"))


def _kinds() -> list[tuple[str, str]]:
    return [(code, name) for code, name in kinds() if code not in (INTERNAL, "local")]


class NewForm(ActionForm):
    """A version begun."""

    name = forms.CharField(label="名称", max_length=100)
    basis = forms.CharField(label="依据", max_length=300)
    previous = forms.ModelChoiceField(
        label="起草自",
        queryset=GradingModel.objects.none(),
        required=False,
        empty_label="平台建议稿",
        help_text="复制所选版本的全部指标、直接认定和分数段。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["previous"].queryset = versions()  # type: ignore[attr-defined]


class HeadForm(EditForm):
    """What a version says of itself."""

    name = forms.CharField(label="名称", max_length=100)
    basis = forms.CharField(label="依据", max_length=300)
    base = forms.DecimalField(label="基准分", max_digits=8, decimal_places=2)
    least = forms.DecimalField(label="最低分", max_digits=8, decimal_places=2)
    most = forms.DecimalField(label="最高分", max_digits=8, decimal_places=2)
    places = forms.IntegerField(
        label="小数位数", min_value=0, max_value=2, help_text="得分取整到几位小数，再归入分数段。"
    )
    rounding = forms.ChoiceField(label="取整方式", choices=choices(ROUNDING_LABELS))


class LineForm(EditForm):
    """Which records a line is about."""

    code = forms.SlugField(label="编码", max_length=20)
    name = forms.CharField(label="名称", max_length=100)
    kinds = forms.MultipleChoiceField(label="信息种类", choices=_kinds, widget=forms.CheckboxSelectMultiple)
    severities = forms.MultipleChoiceField(
        label="失信严重程度",
        choices=SEVERITIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选为不限。",
    )
    field = forms.CharField(
        label="数据项编码", max_length=40, required=False, help_text="只计某一数据项为所列取值的记录，如JC_JG_LX。"
    )
    values = forms.CharField(
        label="取值", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="每行一个取值。"
    )
    months = forms.IntegerField(
        label="计算期（月）", min_value=1, max_value=120, required=False, help_text="自决定之日起；留空为不限。"
    )
    in_force = forms.BooleanField(label="只计有效期内的", required=False)
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def clean_values(self) -> list[str]:
        """One value a line."""
        return [line.strip() for line in self.cleaned_data["values"].splitlines() if line.strip()]


class IndicatorForm(LineForm):
    """A line of the sum."""

    points = forms.DecimalField(label="每条分值", max_digits=8, decimal_places=2, help_text="扣分填负数。")
    weight = forms.DecimalField(label="权重", max_digits=5, decimal_places=2, initial=1)
    cap = forms.DecimalField(
        label="上限（分）",
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text="该项合计加分或扣分的上限，填正数。",
    )


class DirectForm(LineForm):
    """A direct rule."""

    grade = forms.CharField(label="等级", max_length=20)


class BandForm(EditForm):
    """The sums of a grade."""

    lowest = forms.DecimalField(label="最低分", max_digits=8, decimal_places=2)
    highest = forms.DecimalField(label="最高分", max_digits=8, decimal_places=2)


class ReasonForm(ActionForm):
    """A reason, required."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AdoptForm(ActionForm):
    """A reason, required where the inspections say nothing."""

    reason = forms.CharField(
        label="采用理由",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="检查结果无法印证时必填。",
    )


class PlainForm(ActionForm):
    """Only a button."""


Part = Indicator | DirectRule | Band
LINES: Mapping[str, tuple[type[Part], type[EditForm], str]] = {
    "indicator": (Indicator, IndicatorForm, "指标"),
    "direct": (DirectRule, DirectForm, "直接认定"),
    "band": (Band, BandForm, "分数段"),
}


def initial_of(part: Part | GradingModel, form: type[EditForm]) -> dict[str, Any]:
    """What a form begins with when it edits a row."""
    found = {name: getattr(part, name) for name in form.base_fields if hasattr(part, name)}
    if isinstance(found.get("values"), list):
        found["values"] = "\n".join(found["values"])
    return found
