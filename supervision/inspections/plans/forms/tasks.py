"""What the pages of tasks and of who was drawn ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms

from casework.forms import LONG, WHEN
from casework.rules import draws
from casework.rules.draws import Named
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.districts import TILES
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.lists import RowFilter, YearFilter
from supervision.inspections.items.models import Item
from supervision.inspections.items.queries import of_departments
from supervision.inspections.items.rules.lines import OBJECT_LABELS
from supervision.inspections.items.rules.shares import WAY_LABELS
from supervision.inspections.libraries.models import ObjectTag
from supervision.inspections.plans.actions.drafting import Draft
from supervision.inspections.plans.models import InspectionTask, PlanBatch
from supervision.inspections.plans.rules.states import SHOWN_LABELS, SKIP_LABELS, TASK_LABELS, PlanState

TICKED = forms.CheckboxSelectMultiple


def _departments(request: Any = None) -> Any:
    return Department.objects.filter(pk__in=InspectionTask.objects.values("department")).order_by("name")


class TaskFilter(django_filters.FilterSet):
    """What lists of tasks may be narrowed to."""

    q = django_filters.CharFilter(label="任务编号或名称", method="by_words", max_length=50)
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(TASK_LABELS))
    department = RowFilter(label="发起单位", empty_label="全部", queryset=_departments)
    year = YearFilter(label="年度", field_name="starts_on", lookup_expr="year")

    class Meta:
        model = InspectionTask
        fields = ("q", "state", "department", "year")

    def by_words(self, rows: Any, name: str, words: str) -> Any:
        """By the number, else by words of the title."""
        by_number = rows.filter(number__iexact=words.strip())
        return by_number if by_number.exists() else rows.filter(title__icontains=words.strip())


class TaskForm(ActionForm):
    """A task as its department writes it."""

    title = forms.CharField(label="任务名称", max_length=100)
    batch = forms.ModelChoiceField(
        queryset=PlanBatch.objects.none(), label="年度计划批次", required=False, empty_label="计划外的临时任务"
    )
    reason = forms.CharField(
        label="计划外任务的理由", max_length=500, required=False, widget=LONG, help_text="临时任务必填。"
    )
    items = forms.ModelMultipleChoiceField(queryset=Item.objects.none(), label="本单位抽查事项", widget=TICKED)
    partners = forms.ModelMultipleChoiceField(
        queryset=Item.objects.none(),
        label="配合部门抽查事项",
        required=False,
        widget=TICKED,
        help_text="选择其他单位的事项即为跨部门联合抽查：同一次上门，各抽各的检查人员。",
    )
    starts_on = ChineseDateField(label="检查开始日期")
    ends_on = ChineseDateField(label="检查结束日期")
    scope = forms.CharField(label="筛选条件说明", max_length=200, help_text="写给公众看的一句话。")
    kinds = forms.MultipleChoiceField(
        choices=choices(OBJECT_LABELS), label="主体类型", required=False, widget=TICKED, help_text="不选为全部。"
    )
    districts = forms.MultipleChoiceField(
        choices=[(tile.code, tile.name) for tile in TILES],
        label="登记地",
        required=False,
        widget=TICKED,
        help_text="不选为全市。",
    )
    tag = forms.ModelChoiceField(
        queryset=ObjectTag.objects.order_by("name"), label="专项库", required=False, empty_label="不限"
    )
    registered_from = ChineseDateField(label="成立日期不早于", required=False)
    registered_until = ChineseDateField(label="成立日期不晚于", required=False)
    capacity = forms.IntegerField(label="最多抽取（户）", required=False, min_value=1, max_value=1_000_000)
    capacity_way = forms.ChoiceField(label="超过时的取舍", choices=choices(WAY_LABELS))
    capacity_reason = forms.CharField(label="限定户数的理由", max_length=300, required=False, help_text="予以公开。")
    band_upper = forms.BooleanField(label="比例区间内没有整数时按上限取", required=False)
    substitutes = forms.BooleanField(label="抽中后不能检查的，由次序在后的替补", required=False, initial=True)
    shown_from = forms.ChoiceField(label="抽中名单何时公示", choices=choices(SHOWN_LABELS), initial="visit")

    def __init__(self, *args: Any, department: Department, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        entries = of_departments([department], on).values("item")
        others = of_departments(list(Department.objects.of_the_city().exclude(pk=department.pk)), on)
        self.department, self.on = department, on
        self._rows("items", Item.objects.filter(pk__in=entries))
        self._rows("partners", Item.objects.filter(pk__in=others.exclude(item__in=entries).values("item")))
        batches = PlanBatch.objects.filter(plan__department=department, plan__state=PlanState.PUBLISHED.value)
        self._rows("batch", batches.select_related("plan"))

    def _rows(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows

    def draft(self) -> Draft:
        """What was written, as the action takes it."""
        data = self.cleaned_data
        plain = (
            "title",
            "batch",
            "reason",
            "starts_on",
            "ends_on",
            "scope",
            "capacity",
            "capacity_way",
            "capacity_reason",
        )
        flags = ("band_upper", "substitutes", "shown_from")
        criteria = {
            "kinds": data["kinds"],
            "districts": data["districts"],
            "tag": data["tag"].code if data["tag"] else "",
            "registered_from": data["registered_from"].isoformat() if data["registered_from"] else "",
            "registered_until": data["registered_until"].isoformat() if data["registered_until"] else "",
        }
        partners: dict[Department, list[Item]] = {}
        for item in data["partners"]:
            entry = of_departments(list(Department.objects.of_the_city()), self.on).filter(item=item).first()
            authority = entry.departments.exclude(pk=self.department.pk).first() if entry else None
            if authority is not None:
                partners.setdefault(authority, []).append(item)
        return Draft(
            items=list(data["items"]),
            partners=partners,
            criteria=criteria,
            **{name: data[name] for name in (*plain, *flags)},
        )

    @staticmethod
    def initial_of(task: InspectionTask) -> dict[str, Any]:
        """A draft as its form shows it."""
        plain = (
            "title", "batch", "reason", "starts_on", "ends_on", "scope", "capacity", "capacity_way", "capacity_reason", "band_upper",
            "substitutes", "shown_from",
        )  # fmt: skip
        criteria = dict(task.criteria)
        if code := criteria.pop("tag", ""):
            criteria["tag"] = ObjectTag.objects.filter(code=code).first()
        lead = [each.item_id for part in task.parts.filter(leads=True) for each in part.items.all()]
        others = [each.item_id for part in task.parts.filter(leads=False) for each in part.items.all()]
        return {name: getattr(task, name) for name in plain} | criteria | {"items": lead, "partners": others}


class TaskEditForm(EditForm, TaskForm):
    """A draft that is changed: refused when somebody else has changed it since."""


class FreezeForm(EditForm):
    """Nothing to write: the list is fixed."""


class ReasonForm(EditForm):
    """Why a step is taken."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)


class CommitForm(EditForm):
    """The named public value, and how much one inspector takes."""

    source = forms.ChoiceField(
        label="公开值来源", choices=[(source.code, source.label) for source in draws.SOURCES.values()]
    )
    number = forms.CharField(
        label="首选公开值的期号或者轮次",
        max_length=12,
        help_text="；".join(f"{each.label}：{each.number_help.rstrip('。')}" for each in draws.SOURCES.values()) + "。",
    )
    at = forms.DateTimeField(label="首选公开值产生时间", help_text=WHEN)
    fallback_number = forms.CharField(
        label="备用公开值的期号或者轮次", max_length=12, help_text="首选公开值没有产生时使用。"
    )
    fallback_at = forms.DateTimeField(label="备用公开值产生时间", help_text=WHEN)
    load_cap = forms.IntegerField(
        label="每名检查人员至多承担（户）",
        required=False,
        min_value=1,
        max_value=1000,
        help_text="不填按户数和人数平均，向上取整。",
    )

    def named(self) -> Named:
        """The value as the kit takes it."""
        data = self.cleaned_data
        return Named(*(data[name] for name in ("source", "number", "at", "fallback_number", "fallback_at")))


class EnlargeForm(EditForm):
    """A larger sample of one stratum."""

    stratum = forms.ChoiceField(label="监管等级")
    size = forms.IntegerField(label="抽取户数", min_value=1, help_text="从同一签号次序往后增加，已抽中的不变。")
    reason = forms.CharField(label="理由", max_length=500, widget=LONG)

    def __init__(self, *args: Any, edited: InspectionTask, **options: Any) -> None:
        super().__init__(*args, edited=edited, **options)
        field = self.fields["stratum"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(each.code, f"{each.label}（名单{each.count}户）") for each in edited.strata.all()]


class SkipForm(EditForm):
    """Why a drawn subject is not inspected."""

    reason = forms.ChoiceField(label="未检查的原因", choices=choices(SKIP_LABELS))
    note = forms.CharField(label="证明材料和说明", max_length=500, widget=LONG)


class ReplaceForm(EditForm):
    """Who cannot go, why, and on which day the visit is."""

    assignment = forms.ChoiceField(label="更换谁")
    visit_on = ChineseDateField(label="检查日期")
    reason = forms.CharField(label="更换原因", max_length=300, widget=LONG)

    def __init__(self, *args: Any, going: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["assignment"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(str(pk), name) for pk, name in going]
