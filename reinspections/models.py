"""A re-inspection beside its case: which repair, what was answered, what came of it, whose fault."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from casework.models import Case, Draw
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from reinspections.rules import RESULT_LABELS, Result
from repair.models import RepairCase


class ReinspectionQuerySet(models.QuerySet["ReinspectionCase"]):
    def settled(self) -> ReinspectionQuerySet:
        """Those whose result another person confirmed."""
        return self.filter(is_open=False)

    def faults(self) -> ReinspectionQuerySet:
        """Wrong and missed repairs among them."""
        return self.settled().exclude(result=Result.SOUND)

    def of_year(self, year: int) -> ReinspectionQuerySet:
        """By the day of confirmation."""
        return self.settled().filter(case__closed_on__range=(date(year, 1, 1), date(year, 12, 31)))


class ReinspectionCase(models.Model):
    """One repair looked at again; of one at most one re-inspection is open (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="reinspectioncase")
    repair = models.ForeignKey(
        RepairCase, verbose_name="信用修复", on_delete=models.PROTECT, related_name="reinspections"
    )
    draw = models.ForeignKey(
        Draw, verbose_name="随机抽取", null=True, blank=True, on_delete=models.PROTECT, related_name="reinspections"
    )
    answers = models.JSONField("核对情况", default=dict, blank=True)
    result = models.CharField("复核结果", max_length=8, blank=True, choices=choices(RESULT_LABELS))
    remarks = models.TextField("复核说明", blank=True)
    performed_on = models.DateField("核实的履行完毕日期", null=True, blank=True)
    responsible = models.ForeignKey(
        Department, verbose_name="责任单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fault = models.TextField("责任情况", blank=True)
    wrong_days = models.PositiveIntegerField("错误持续天数", null=True, blank=True)
    correction = models.CharField("纠正情况", max_length=200, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    objects = ReinspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "修复复核"
        verbose_name_plural = "修复复核"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["repair"], condition=Q(is_open=True), name="reinspection_one_open_a_repair"
            ),
            models.CheckConstraint(
                condition=Q(result__in=["", Result.SOUND.value]) | (Q(responsible__isnull=False) & ~Q(fault="")),
                name="reinspection_fault_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | ~Q(result=""), name="reinspection_settled_with_a_result"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)
