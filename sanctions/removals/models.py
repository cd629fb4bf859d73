"""What a case of removal holds beside the case itself: the entry, the way, the document, the correction."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casework.models import Case
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.removals.rules import CHOICES


class RemovalCase(models.Model):
    """One entry and one way out; at most one such case of an entry is open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="removalcase")
    entry = models.ForeignKey(ListEntry, verbose_name="名单条目", on_delete=models.PROTECT, related_name="removals")
    way = models.CharField("移出方式", max_length=10, choices=CHOICES)
    document = models.CharField("移出（撤销）文书号", max_length=128)
    why = models.CharField("移出原因", max_length=300)
    performed_on = models.DateField("纠正、履行完毕日期", null=True, blank=True)
    public_note = models.CharField("对外说明", max_length=500, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "名单移出"
        verbose_name_plural = "名单移出"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry"], condition=Q(is_open=True), name="removal_one_open_of_an_entry"),
            models.CheckConstraint(condition=~Q(document="") & ~Q(why=""), name="removal_has_a_document_and_a_reason"),
            models.CheckConstraint(
                condition=~Q(way=Way.EARLY.value) | Q(performed_on__isnull=False), name="removal_early_was_performed"
            ),
            models.CheckConstraint(
                condition=Q(way=Way.EARLY.value) | ~Q(public_note=""), name="removal_of_a_decision_is_told"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)
