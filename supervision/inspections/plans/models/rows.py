"""Shares by tier and caps by year: rows with days in force and their basis."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from credit_platform.accounts.models import Department
from credit_platform.accounts.models.departments import Level
from credit_platform.editions.models import between, days_in_order
from credit_platform.labels import choices
from supervision.inspections.items.rules.shares import RULE_LABELS, Share, share_of
from supervision.inspections.plans.rules.caps import Cap


class RowQuerySet(models.QuerySet["ShareRow"]):
    def on(self, day: date) -> RowQuerySet:
        """Rows in force on a day."""
        return self.filter(between(day))


class ShareRow(models.Model):
    """How large a part of the subjects of a tier is drawn in a year; `field` "" holds for every field that has no row of its own."""

    field = models.SlugField("监管领域", max_length=40, blank=True, help_text="留空适用于没有单独规定的领域。")
    tier = models.SlugField("监管等级", max_length=20)
    rule = models.CharField("比例规则", max_length=8, choices=choices(RULE_LABELS))
    share_low = models.CharField("比例（下限）", max_length=20, help_text="例如 3%、1/3。")
    share_high = models.CharField("比例上限", max_length=20, blank=True)
    frequency = models.CharField("频次", max_length=60, blank=True, help_text="例如 每24个月至多一次。")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        verbose_name = "抽查比例"
        verbose_name_plural = "抽查比例"
        ordering: ClassVar = ["field", "tier", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["field", "tier"], condition=Q(valid_until__isnull=True), name="inspection_share_one_open"
            ),
            days_in_order("inspection_share_days"),
        ]

    def __str__(self) -> str:
        return f"{self.field or '通用'} {self.tier}"

    @property
    def share(self) -> Share:
        """The share as the rules know it."""
        return share_of(self.rule, self.share_low, self.share_high)


class CapQuerySet(models.QuerySet["FrequencyCap"]):
    def on(self, day: date) -> CapQuerySet:
        """Caps in force on a day."""
        return self.filter(between(day))


class FrequencyCap(models.Model):
    """How often a year one firm may be inspected: by an authority, by each authority of a level or in a field; with none of them, by all together."""

    department = models.ForeignKey(
        Department, verbose_name="检查主体", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField("层级", max_length=16, blank=True, choices=Level.choices)
    field = models.SlugField("监管领域", max_length=40, blank=True)
    per_year = models.PositiveSmallIntegerField("每年至多（次）")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = CapQuerySet.as_manager()

    class Meta:
        verbose_name = "检查频次上限"
        verbose_name_plural = "检查频次上限"
        ordering: ClassVar = ["department", "level", "field", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(department__isnull=True) | Q(level="", field=""), name="inspection_cap_of_one_kind"
            ),
            models.CheckConstraint(condition=Q(level="") | Q(field=""), name="inspection_cap_level_or_field"),
            days_in_order("inspection_cap_days"),
        ]

    def __str__(self) -> str:
        of = self.department or self.get_level_display() or self.field or "各检查主体合计"
        return f"{of} {self.per_year}次"

    @property
    def cap(self) -> Cap:
        """The cap as the rules know it."""
        return Cap(self.per_year, self.department_id, self.level, self.field)
