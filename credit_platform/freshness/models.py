"""How often what pages are made of has changed: marks that every change leaves, and the sum of those that were gathered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ChangeMark(models.Model):
    """One statement that changed something. Written by triggers alone."""

    class Meta:
        verbose_name = "变更标记"
        verbose_name_plural = "变更标记"

    def __str__(self) -> str:
        return f"变更标记{self.pk}"


class ChangeCount(models.Model):
    """One row: how many marks were gathered."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    total = models.BigIntegerField("变更次数", default=0)

    class Meta:
        verbose_name = "变更计数"
        verbose_name_plural = "变更计数"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="freshness_one_count")]

    def __str__(self) -> str:
        return f"变更{self.total}次"
