"""What came from partners: each parcel once, with what became of its rows; and the nonces that were used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from exchange.models.partners import Channel, Partner
from exchange.rules.messages import Result


class Arrival(models.Model):
    """One parcel that came in. `name` is the sender's idempotency key: the same again is answered as before. `answers`: what became of each row, with
    the numbers of persons masked; the rows themselves are with the importer alone."""

    channel = models.ForeignKey(Channel, verbose_name="通道", on_delete=models.PROTECT, related_name="arrivals")
    name = models.CharField("批次", max_length=120)
    digest = models.CharField("摘要", max_length=64)
    rows = models.PositiveIntegerField("条数")
    answers = models.JSONField("逐条回执", default=list)
    refused = models.CharField("整批退回的原因", max_length=300, blank=True)
    arrived_at = models.DateTimeField("到达时间")

    class Meta:
        verbose_name = "接收批次"
        verbose_name_plural = "接收批次"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "name"], name="exchange_arrival_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def accepted(self) -> int:
        """How many rows were taken in."""
        return sum(each["result"] == Result.ACCEPTED for each in self.answers)


class Nonce(models.Model):
    """A nonce that a partner used; remembered for as long as its moment would still be taken."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "已用随机数"
        verbose_name_plural = "已用随机数"
        constraints: ClassVar = [models.UniqueConstraint(fields=["partner", "nonce"], name="exchange_nonce_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="exchange_nonce_at")]

    def __str__(self) -> str:
        return self.nonce
