"""What is checked: matters of approval as the units know them, tied to the words that measures and commitments use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet


class CheckMatterQuerySet(DatedQuerySet["CheckMatter"]):
    """Matters by the day on which they are handled."""


class CheckMatter(models.Model):
    """One matter for which may be asked. `topic` is the word by which measures name what they answer for; `required`: 应查必查.

    `valid_workdays`: how long an answer may be relied on; `record_years`: whether and how far back 重大违法记录 is told (0: it is not).
    How long an answer holds stands in no act: it is the city's parameter, with its basis, and may differ by matter and day.
    """

    code = models.CharField("事项编码", max_length=40)
    name = models.CharField("事项名称", max_length=200)
    department = models.ForeignKey(
        Department, verbose_name="办理单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.CharField("措施适用领域", max_length=40, blank=True, help_text="与措施清单中的适用事项一致。")
    commitment_matter = models.CharField("承诺事项编码", max_length=40, blank=True)
    required = models.BooleanField("应查必查", default=True)
    valid_workdays = models.PositiveSmallIntegerField("核查结果有效期（工作日）", default=5)
    record_years = models.PositiveSmallIntegerField("回溯重大违法记录（年）", default=0)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = CheckMatterQuerySet.as_manager()

    class Meta:
        verbose_name = "核查事项"
        verbose_name_plural = "核查事项"
        ordering: ClassVar = ["code", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="check_matter_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="check_matter_dates"
            ),
            models.CheckConstraint(condition=Q(valid_workdays__gte=1), name="check_matter_is_valid_for_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
