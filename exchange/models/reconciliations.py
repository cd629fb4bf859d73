"""What both sides had on a day, held side by side."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from credit_platform.labels import choices
from exchange.models.messages import Message
from exchange.models.partners import Channel
from exchange.rules.statements import DIFFERS_LABELS


class Reconciliation(models.Model):
    """One comparison: how many items on each side, and how many differ; `months` holds both statements by the month of decision."""

    channel = models.ForeignKey(Channel, verbose_name="通道", on_delete=models.PROTECT, related_name="reconciliations")
    at = models.DateTimeField("对账时间")
    ours = models.PositiveIntegerField("本平台条数")
    theirs = models.PositiveIntegerField("对方条数")
    differing = models.PositiveIntegerField("差异条数")
    months = models.JSONField("按决定年月")
    renewed_at = models.DateTimeField("差异已重新报送", null=True, blank=True)

    class Meta:
        verbose_name = "对账"
        verbose_name_plural = "对账"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.at}"


class Difference(models.Model):
    """One item that differs. `message` is the newest of that key which the other side was said to have, None where we never sent it."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="differences")
    key = models.CharField("业务主键", max_length=64)
    differs = models.CharField("差异", max_length=8, choices=choices(DIFFERS_LABELS))
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    our_version = models.PositiveIntegerField("本平台版本", null=True)
    their_version = models.PositiveIntegerField("对方版本", null=True)

    class Meta:
        verbose_name = "对账差异"
        verbose_name_plural = "对账差异"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reconciliation", "key"], name="exchange_difference_once"),
            models.CheckConstraint(
                condition=Q(our_version__isnull=False) | Q(their_version__isnull=False),
                name="exchange_difference_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.differs}"
