"""Ends of publication that moved because periods were reckoned again: told to the department, read or not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.models import Department
from disclosure.models.disclosures import Disclosure


class MovedEndQuerySet(models.QuerySet["MovedEnd"]):
    def unread(self) -> MovedEndQuerySet:
        """Those that the department has not marked as read."""
        return self.filter(read_at__isnull=True)


class MovedEnd(models.Model):
    """One item's last day before and after, and why. None is no last day (with `waited`: until the duty was performed)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="moved_ends")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    old_end = models.DateField("原截止日", null=True)
    waited = models.BooleanField("原须履行后终止", default=False)
    new_end = models.DateField("现截止日", null=True)
    rule_set = models.CharField("适用规则", max_length=10)
    why = models.CharField("原因", max_length=300)
    stopped = models.BooleanField("已停止公示", default=False)
    at = models.DateTimeField("变动时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = MovedEndQuerySet.as_manager()

    class Meta:
        verbose_name = "公示截止日变动"
        verbose_name_plural = "公示截止日变动"
        indexes: ClassVar = [
            models.Index(fields=["department", "-id"], name="moved_end_of_department"),
            models.Index(fields=["department", "id"], name="moved_end_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.old_end} → {self.new_end}"
