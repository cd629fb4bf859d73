"""Reconsiderations and lawsuits about items."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from credit_platform.labels import choices
from disclosure.models import Disclosure
from objections.rules.contests import CONTEST_LABELS


class ContestQuerySet(models.QuerySet["Contest"]):
    def open(self) -> ContestQuerySet:
        """Reconsiderations and lawsuits that are under way."""
        return self.filter(ended_on__isnull=True)


class Contest(models.Model):
    """A reconsideration or a lawsuit about what an item rests on: a mark, never a stop (行政处罚法 art. 73)."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="contests"
    )
    kind = models.CharField("种类", max_length=16, choices=choices(CONTEST_LABELS))
    body = models.CharField("受理机关", max_length=100)
    number = models.CharField("案号", max_length=100)
    begun_on = models.DateField("受理日期")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_on = models.DateField("审结日期", null=True, blank=True)
    result = models.CharField("结果", max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记结果的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = "复议诉讼标注"
        verbose_name_plural = "复议诉讼标注"
        ordering: ClassVar = ["-begun_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="contest_once_of_an_item"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | (Q(ended_on__gte=F("begun_on")) & ~Q(result="")),
                name="contest_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.number
