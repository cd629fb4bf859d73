"""Pilots beside their cases, indicators with a baseline, measured values with their evidence."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.models import Attachment, Case
from industry.pilots import rules


class PilotCase(models.Model):
    """A pilot beside its case; its subject is nobody, its department the unit that tries it out."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="pilotcase")
    title = models.CharField("名称", max_length=100)
    theme = models.CharField("主题", max_length=12, choices=rules.THEME_CHOICES)
    plan = models.TextField("试点方案", max_length=5000)
    safeguards = models.TextField("个人权益保障", max_length=2000, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    lesson = models.TextField("经验总结", max_length=5000, blank=True)
    spreading = models.TextField("推广安排", max_length=2000, blank=True)

    class Meta:
        verbose_name = "试点"
        verbose_name_plural = "试点"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="pilot_days_in_order"),
            models.CheckConstraint(
                condition=~Q(theme="personal") | ~Q(safeguards=""), name="pilot_of_persons_has_safeguards"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Indicator(models.Model):
    """What is measured, from where to where; frozen with the proposal."""

    pilot = models.ForeignKey(PilotCase, verbose_name="试点", on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField("指标", max_length=60)
    unit = models.CharField("单位", max_length=20)
    baseline = models.DecimalField("基线值", max_digits=16, decimal_places=4)
    target = models.DecimalField("目标值", max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = "试点指标"
        verbose_name_plural = "试点指标"
        ordering: ClassVar = ["pilot", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pilot", "name"], name="pilot_indicator_once"),
            models.CheckConstraint(condition=~Q(baseline=F("target")), name="pilot_indicator_has_a_way_to_go"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def from_to(self) -> tuple[str, str]:
        """Baseline and target as they are read."""
        return rules.plain(self.baseline), rules.plain(self.target)


class Measurement(models.Model):
    """A value of an indicator on a day with its evidence; append-only."""

    indicator = models.ForeignKey(Indicator, verbose_name="指标", on_delete=models.PROTECT, related_name="values")
    on = models.DateField("日期")
    value = models.DecimalField("实际值", max_digits=16, decimal_places=4)
    evidence = models.ForeignKey(Attachment, verbose_name="证明材料", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "试点指标值"
        verbose_name_plural = "试点指标值"
        ordering: ClassVar = ["indicator", "on", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"

    @property
    def words(self) -> str:
        """The value as it is read."""
        return rules.plain(self.value)

    @property
    def reached(self) -> int:
        """How far it came, in whole percent."""
        return rules.reached(self.indicator.baseline, self.indicator.target, self.value)
