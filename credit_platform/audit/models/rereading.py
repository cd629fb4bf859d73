"""The nightly re-reading: how far it has come, and what it found altered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class RereadingQuerySet(models.QuerySet["Rereading"]):
    def ended(self) -> RereadingQuerySet:
        """Those that came to their end, the newest first."""
        return self.filter(finished_at__isnull=False).order_by("-pk")

    def under_way(self) -> RereadingQuerySet:
        """The one that is not finished, if there is one."""
        return self.filter(finished_at__isnull=True).order_by("pk")


class Rereading(models.Model):
    """One pass over everything that is kept beside a hash. The row is its own cursor: whoever takes it up goes on from `after`."""

    started_at = models.DateTimeField("开始时间", db_default=Now())
    moved_at = models.DateTimeField("最近进展", db_default=Now())
    finished_at = models.DateTimeField("完成时间", null=True)
    reader = models.CharField("正在核对", max_length=40, blank=True)
    after = models.BigIntegerField("已核对至", default=0)
    done = models.JSONField("已核对条数", default=dict)
    altered = models.PositiveIntegerField("不符", default=0)
    unanchored = models.PositiveBigIntegerField("尚未入账", default=0)

    objects = RereadingQuerySet.as_manager()

    class Meta:
        db_table = "audit_rereading"
        verbose_name = "内容核对"
        verbose_name_plural = "内容核对"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finished_at"],
                name="audit_rereading_one_at_a_time",
                condition=models.Q(finished_at__isnull=True),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.started_at:%Y-%m-%d}"

    @property
    def total(self) -> int:
        """How many rows were read."""
        return sum(self.done.values())


class Alteration(models.Model):
    """One row whose content is not what its hash says: the table, the row, which hash."""

    rereading = models.ForeignKey(Rereading, on_delete=models.PROTECT, related_name="alterations")
    table_name = models.CharField("表", max_length=63)
    row_pk = models.BigIntegerField("编号")
    which = models.CharField("不符之处", max_length=24)
    text = models.CharField("说明", max_length=500)
    found_at = models.DateTimeField("发现时间", db_default=Now())

    class Meta:
        db_table = "audit_alteration"
        verbose_name = "内容不符"
        verbose_name_plural = "内容不符"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rereading", "table_name", "row_pk", "which"], name="audit_alteration_once")
        ]

    def __str__(self) -> str:
        return f"{self.table_name}#{self.row_pk} {self.which}"
