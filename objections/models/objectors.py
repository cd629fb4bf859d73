"""Who objects without an account."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from credit_platform.labels import choices
from objections.models.objections import Objection
from objections.rules.claims import CAPACITY_LABELS
from objections.rules.procedure import LAPSE_AFTER


class Objector(models.Model):
    """Who objected without an account: the phone is sealed; nothing is done for them but by number and code. Who has seen that they act for the
    subject stands on the objection, where the database holds it against who answers."""

    objection = models.OneToOneField(
        Objection, primary_key=True, on_delete=models.PROTECT, related_name="objector", db_column="case_id"
    )
    name = models.CharField("姓名", max_length=60)
    capacity = models.CharField("身份", max_length=10, choices=choices(CAPACITY_LABELS))
    phone = models.BinaryField("手机号（加密）")
    phone_masked = models.CharField("手机号（隐去中间）", max_length=20)
    summoned_on = models.DateField("通知到窗口核验日期", null=True, blank=True)

    class Meta:
        verbose_name = "无账户异议人"
        verbose_name_plural = "无账户异议人"

    def __str__(self) -> str:
        return self.name

    @property
    def comes_until(self) -> date:
        """The last day on which somebody may come with the papers."""
        return self.objection.filed_on + timedelta(days=LAPSE_AFTER)
