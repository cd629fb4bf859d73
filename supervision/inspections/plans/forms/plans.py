"""What the pages of yearly plans ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms

from casework.forms import LONG
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.lists import YearFilter
from supervision.inspections.items.models import Item
from supervision.inspections.items.queries import of_departments
from supervision.inspections.plans.actions.planning import Batch
from supervision.inspections.plans.models import InspectionPlan
from supervision.inspections.plans.rules.states import PLAN_LABELS

TICKED = forms.CheckboxSelectMultiple


class PlanFilter(django_filters.FilterSet):
    """What lists of plans may be narrowed to."""

    year = YearFilter(label="年度")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(PLAN_LABELS))

    class Meta:
        model = InspectionPlan
        fields = ("year", "state")


class ApproveForm(EditForm):
    """To whom an approved plan is reported."""

    filed_with = forms.CharField(
        label="报备情况", max_length=200, required=False, help_text="报哪个上级单位备案、日期和文号。"
    )


LINES = 6
"""Batches that the form of a plan has room for."""


class PlanForm(ActionForm):
    """A yearly plan with its batches: a group of fields for each, of which the empty ones are left out."""

    year = forms.IntegerField(label="年度", min_value=2020, max_value=2100)
    title = forms.CharField(label="计划名称", max_length=200)
    note = forms.CharField(label="说明", required=False, widget=LONG, max_length=2000)

    def __init__(self, *args: Any, department: Department, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Item.objects.filter(pk__in=of_departments([department], on).values("item"))
        others = Department.objects.of_the_city().exclude(pk=department.pk).order_by("name")
        months = [(n, f"{n}月") for n in range(1, 13)]
        for n in range(1, LINES + 1):
            self.fields |= {
                f"title_{n}": forms.CharField(label=f"第{n}批名称", max_length=200, required=False),
                f"items_{n}": forms.ModelMultipleChoiceField(
                    rows, label=f"第{n}批抽查事项", required=False, widget=TICKED
                ),
                f"partners_{n}": forms.ModelMultipleChoiceField(others, label=f"第{n}批配合部门", required=False),
                f"scope_{n}": forms.CharField(label=f"第{n}批检查对象范围", max_length=200, required=False),
                f"planned_{n}": forms.CharField(label=f"第{n}批抽取比例或者户数", max_length=60, required=False),
                f"first_{n}": forms.TypedChoiceField(
                    label=f"第{n}批起始月份", choices=months, coerce=int, required=False, initial=1, empty_value="1"
                ),
                f"last_{n}": forms.TypedChoiceField(
                    label=f"第{n}批截止月份", choices=months, coerce=int, required=False, initial=12, empty_value="12"
                ),
            }

    def batches(self) -> list[Batch]:
        """The batches that have a name."""
        data = self.cleaned_data
        return [
            Batch(
                title=data[f"title_{n}"],
                items=list(data[f"items_{n}"]),
                partners=list(data[f"partners_{n}"]),
                scope=data[f"scope_{n}"],
                planned=data[f"planned_{n}"],
                first_month=int(data[f"first_{n}"]),
                last_month=int(data[f"last_{n}"]),
            )
            for n in range(1, LINES + 1)
            if data[f"title_{n}"].strip()
        ]

    def clean(self) -> dict[str, Any]:
        """A batch that has a name has the rest too."""
        data: dict[str, Any] = super().clean() or {}
        for n in range(1, LINES + 1):
            if not str(data.get(f"title_{n}") or "").strip():
                continue
            for name, words in (
                ("items", "请选择抽查事项。"),
                ("scope", "请填写检查对象范围。"),
                ("planned", "请填写抽取比例或者户数。"),
            ):
                if not data.get(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", words)
        return data

    @staticmethod
    def initial_of(plan: InspectionPlan) -> dict[str, Any]:
        """A draft as its form shows it."""
        found: dict[str, Any] = {"year": plan.year, "title": plan.title, "note": plan.note}
        for n, each in enumerate(plan.batches.all()[:LINES], 1):
            found |= {
                f"title_{n}": each.title,
                f"items_{n}": list(each.items.values_list("pk", flat=True)),
                f"partners_{n}": list(each.partners.values_list("pk", flat=True)),
                f"scope_{n}": each.scope,
                f"planned_{n}": each.planned,
                f"first_{n}": each.first_month,
                f"last_{n}": each.last_month,
            }
        return found


class PlanEditForm(EditForm, PlanForm):
    """A draft that is changed: refused when somebody else has changed it since."""
