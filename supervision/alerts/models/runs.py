"""The nights: what each sweep did, rule by rule, and what each officer is told of it in one line a day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from supervision.alerts.models.ruling import AlertRule


class Sweep(models.Model):
    """One night. A day has one; what a killed one left undone the next run of the same day does."""

    on = models.DateField("日期", unique=True)
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "预警扫描"
        verbose_name_plural = "预警扫描"
        ordering: ClassVar = ["-on"]

    def __str__(self) -> str:
        return f"{self.on}"


class SweepLine(models.Model):
    """What a night did for one version of a rule. `held` fired and were kept back by the budget: the next night asks them again."""

    sweep = models.ForeignKey(Sweep, on_delete=models.CASCADE, related_name="lines")
    rule = models.ForeignKey(AlertRule, verbose_name="规则", on_delete=models.PROTECT, related_name="+")
    fired = models.PositiveIntegerField("达到触发值的主体", default=0)
    raised = models.PositiveIntegerField("新预警", default=0)
    appended = models.PositiveIntegerField("补充依据", default=0)
    cleared = models.PositiveIntegerField("情形消失", default=0)
    reopened = models.PositiveIntegerField("情形再现", default=0)
    held = models.PositiveIntegerField("超出件数上限，暂缓", default=0)
    why = models.CharField("未扫描原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "预警扫描结果"
        verbose_name_plural = "预警扫描结果"
        ordering: ClassVar = ["rule__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sweep", "rule"], name="sweep_line_once")]

    def __str__(self) -> str:
        return f"{self.sweep} {self.rule}"


class Digest(models.Model):
    """All that a day brought an officer, in one line: an officer is told once a day, not once an alert."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=300)

    class Meta:
        verbose_name = "预警日报"
        verbose_name_plural = "预警日报"
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["officer", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return self.text
