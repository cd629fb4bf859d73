"""The yearly plan of a department and its batches."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from supervision.inspections.items.models import Item
from supervision.inspections.plans.rules.states import PLAN_LABELS, PLAN_TONES, PlanState


class PlanQuerySet(models.QuerySet["InspectionPlan"]):
    def public(self) -> PlanQuerySet:
        """What the public may read."""
        return self.filter(state__in=[PlanState.PUBLISHED.value, PlanState.CLOSED.value])


class InspectionPlan(models.Model):
    """年度抽查计划: approved by another person than who drew it up, filed one level up, published."""

    year = models.PositiveSmallIntegerField("年度")
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=200)
    note = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=12, choices=choices(PLAN_LABELS), default=PlanState.DRAFT.value)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="起草人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="批准人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    filed_with = models.CharField("报备情况", max_length=200, blank=True, help_text="报哪个上级单位备案、日期和文号。")
    published_on = models.DateField("公布日期", null=True, blank=True)
    closed_on = models.DateField("结束日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "年度抽查计划"
        verbose_name_plural = "年度抽查计划"
        ordering: ClassVar = ["-year", "department"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "department", "title"], name="inspection_plan_once"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="inspection_plan_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT.value) | Q(approved_on__isnull=False),
                name="inspection_plan_approved_first",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return PLAN_TONES[PlanState(self.state)]


class PlanBatch(models.Model):
    """One line of a plan: what is inspected, of whom, how many, when, with whom together."""

    plan = models.ForeignKey(InspectionPlan, verbose_name="计划", on_delete=models.CASCADE, related_name="batches")
    position = models.PositiveSmallIntegerField("序号", default=1)
    title = models.CharField("批次名称", max_length=200)
    items = models.ManyToManyField(Item, verbose_name="抽查事项", related_name="+")
    partners = models.ManyToManyField(Department, verbose_name="配合部门", blank=True, related_name="+")
    scope = models.CharField("检查对象范围", max_length=200)
    planned = models.CharField("抽取比例或者户数", max_length=60)
    first_month = models.PositiveSmallIntegerField("起始月份")
    last_month = models.PositiveSmallIntegerField("截止月份")

    class Meta:
        verbose_name = "计划批次"
        verbose_name_plural = "计划批次"
        ordering: ClassVar = ["plan", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__lte=12) & Q(last_month__gte=F("first_month")),
                name="inspection_batch_months",
            )
        ]

    def __str__(self) -> str:
        return self.title
