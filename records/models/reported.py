"""What was reported and refused, and has not become a record: each decision once, however often its row was sent."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from credit_platform.accounts.models import Department
from records.models.catalogue import CatalogueItem


class RefusedRow(models.Model):
    """One decision that a department reported in a row that was refused.

    `tokens` are keyed hashes of who and which decision, as far as the row told: two rows that share one tell of the same. `batches`
    are the imports that brought it; `first_at` is the moment of the earliest. It goes when the decision becomes a record, and with its batches.
    """

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("信息种类", max_length=24)
    tokens = ArrayField(models.CharField(max_length=64), verbose_name="要素摘要")
    batches = ArrayField(models.BigIntegerField(), verbose_name="导入批次")
    first_at = models.DateTimeField("首次报送时间")

    class Meta:
        verbose_name = "退回未入库"
        verbose_name_plural = "退回未入库"
        indexes: ClassVar = [
            models.Index(fields=["department", "item"], name="refused_row_of_department"),
            models.Index(fields=["first_at"], name="refused_row_by_moment"),
            GinIndex(fields=["tokens"], name="refused_row_tokens"),
            GinIndex(fields=["batches"], name="refused_row_batches"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_at:%Y-%m-%d}"
