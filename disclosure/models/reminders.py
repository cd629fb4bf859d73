"""Reminders that were sent: one row each, so that a sweep run twice reminds once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from credit_platform.accounts.models import Department
from disclosure.models.disclosures import Disclosure


class Reminder(models.Model):
    """A notice to the department on one open disclosure: 3 or 1 working days left, or late on a day."""

    class Kind(models.TextChoices):
        THREE_LEFT = "three_left", "剩余3个工作日"
        ONE_LEFT = "one_left", "剩余1个工作日"
        LATE = "late", "已逾期"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="reminders")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    on = models.DateField("提醒日期")
    text = models.CharField("内容", max_length=300)
    created_at = models.DateTimeField("生成时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "到期提醒"
        verbose_name_plural = "到期提醒"
        indexes: ClassVar = [models.Index(fields=["department", "-on", "-id"], name="reminder_of_department")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "kind", "on"], name="reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return self.text
