"""Who objects without an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from credit_platform.labels import choices
from objections.models.objections import Objection
from objections.rules.claims import CAPACITY_LABELS
from objections.rules.procedure import LAPSE_AFTER


class Objector(models.Model):
    """Who objected without an account: the phone is sealed; nothing is done for them but by number and code."""

    objection = models.OneToOneField(
        Objection, primary_key=True, on_delete=models.PROTECT, related_name="objector", db_column="case_id"
    )
    name = models.CharField("姓名", max_length=60)
    capacity = models.CharField("身份", max_length=10, choices=choices(CAPACITY_LABELS))
    phone = models.BinaryField("手机号（加密）")
    phone_masked = models.CharField("手机号（隐去中间）", max_length=20)
    summoned_on = models.DateField("通知到窗口核验日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核对身份的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    confirmed_on = models.DateField("确认身份日期", null=True, blank=True)

    class Meta:
        verbose_name = "无账户异议人"
        verbose_name_plural = "无账户异议人"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_by__isnull=False),
                name="objector_confirmed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def comes_until(self) -> date:
        """The last day on which somebody may come with the papers."""
        return self.objection.filed_on + timedelta(days=LAPSE_AFTER)
