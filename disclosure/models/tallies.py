"""Counts for the timeliness statistics, kept by increments and equal to a full recount."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from credit_platform.accounts.models import Department


class TallyView(models.TextChoices):
    """By which date a record falls into a month."""

    BY_ARRIVAL = "arrival", "按报送月份"
    BY_DECISION = "decision", "按决定月份"


class TimelinessTally(models.Model):
    """Reported, compliant and late records of a department, kind and month.

    What was refused and is no record yet is added when it is asked (`records.RefusedRow`, each decision once). `corrected`: records that were
    refused first, by the month of that first arrival: how much was mended.
    """

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("信息种类", max_length=24)
    view = models.CharField("口径", max_length=10, choices=TallyView.choices)
    month: models.DateField[date, date] = models.DateField("月份（首日）")
    reported = models.IntegerField("上报数", default=0)
    compliant = models.IntegerField("合规数", default=0)
    late = models.IntegerField("迟报数", default=0)
    corrected = models.IntegerField("退回后改正数", default=0)
    published_late = models.IntegerField("逾期公示数", default=0)

    class Meta:
        verbose_name = "及时性统计"
        verbose_name_plural = "及时性统计"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "kind", "view", "month"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}"
