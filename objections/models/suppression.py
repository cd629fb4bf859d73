"""Which kinds are hidden while their source is silent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from credit_platform.editions.models import DatedQuerySet


class SuppressionRuleQuerySet(DatedQuerySet["SuppressionRule"]):
    """Rules by the day on which they hold."""


class SuppressionRule(models.Model):
    """Whether an item of a kind is hidden while its source is silent past its last day: a row with a basis and days in force."""

    kind = models.CharField("信息种类", max_length=24)
    suppress = models.BooleanField("来源逾期未核实时暂停展示", default=False)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = SuppressionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "异议逾期展示规则"
        verbose_name_plural = "异议逾期展示规则"
        ordering: ClassVar = ["kind", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="suppression_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="suppression_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
