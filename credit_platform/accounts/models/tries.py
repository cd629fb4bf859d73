"""Counts of failed tries at the doors: durable, and the same for every process."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models


class Door(models.TextChoices):
    """What is counted."""

    ACCOUNT = "account", "账号"
    ADDRESS = "address", "来源地址"
    SLOW = "slow", "限速尝试"
    KNOWN = "known", "常用来源"
    FACTOR = "factor", "动态口令"
    ACTIVATION = "activation", "激活"


class TriesQuerySet(models.QuerySet["Tries"]):
    def begun_before(self, moment: datetime) -> TriesQuerySet:
        """Counts of windows that began before a moment."""
        return self.filter(began__lt=moment)

    def known(self, account: str, network: str, since: datetime) -> bool:
        """Whether an account has come in from a network since a moment."""
        return self.filter(door=Door.KNOWN, account=account, network=network, began__gte=since).exists()


class Tries(models.Model):
    """How often something was tried in a window of time. `account` is a keyed hash: people type their password into that field too."""

    door = models.CharField("事项", max_length=12, choices=Door.choices)
    account = models.CharField("账号摘要", max_length=64, blank=True)
    network = models.CharField("来源网络", max_length=45, blank=True)
    began = models.DateTimeField("计数开始")
    used = models.PositiveIntegerField("次数", default=1)

    objects = TriesQuerySet.as_manager()

    class Meta:
        verbose_name = "尝试计数"
        verbose_name_plural = "尝试计数"
        indexes: ClassVar = [models.Index(fields=["began"], name="tries_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["door", "account", "network", "began"], name="tries_are_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.began:%Y-%m-%d %H:%M} {self.used}"
