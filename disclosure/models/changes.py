"""The change feed: what appeared, changed and ended, numbered without gaps in the order of commit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from disclosure.models.disclosures import Disclosure


class DisclosureChange(models.Model):
    """One event. `number` is given by the sequencer after commit; readers only ever see numbered events."""

    class Event(models.TextChoices):
        APPEARED = "appeared", "新增公示"
        CHANGED = "changed", "更正"
        ENDED = "ended", "停止公示"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField("事件", max_length=10, choices=Event.choices)
    at = models.DateTimeField("时间", default=timezone.now)
    number = models.PositiveBigIntegerField("序号", null=True, unique=True)

    class Meta:
        verbose_name = "公示变化"
        verbose_name_plural = "公示变化"
        indexes: ClassVar = [models.Index(fields=["id"], name="change_unnumbered", condition=Q(number__isnull=True))]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"
