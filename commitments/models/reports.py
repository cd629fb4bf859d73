"""What somebody told a department about a breach (违诺线索): the ground of a case. Who told it is encrypted, the subject never learns it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from commitments.models.breaches import BreachCase
from commitments.models.choices import choices
from commitments.rules.breaches import REPORT_LABELS


class BreachReport(models.Model):
    """One report; `reporter` is the sealed name and contact, None when nobody was named. Its papers are those of the case."""

    case = models.OneToOneField(BreachCase, verbose_name="违诺处理", on_delete=models.PROTECT, related_name="report")
    how = models.CharField("来源渠道", max_length=8, choices=choices(REPORT_LABELS))
    received_on = models.DateField("收到日期")
    told = models.TextField("反映内容", max_length=2000)
    reporter = models.BinaryField("反映人及联系方式（加密）", null=True, blank=True)

    class Meta:
        verbose_name = "违诺线索"
        verbose_name_plural = "违诺线索"
        ordering: ClassVar = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"{self.case} {self.get_how_display()}"
