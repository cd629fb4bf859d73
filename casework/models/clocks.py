"""Clocks: the periods of a procedure as data, and the intervals in which the clock of a case stood."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from casework.models.cases import Case
from casework.rules import clocks


class ClockProfileQuerySet(models.QuerySet["ClockProfile"]):
    def in_force(self, on: date) -> ClockProfileQuerySet:
        """The rows in force on a day."""
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class ClockProfile(models.Model):
    """How many working days a stage of a procedure has, in force from a day, with its legal basis."""

    procedure = models.CharField("事项种类", max_length=40)
    profile = models.CharField("时限方案", max_length=20)
    stage = models.CharField("环节", max_length=20)
    days = models.PositiveSmallIntegerField("工作日")
    extension = models.PositiveSmallIntegerField("可延长（工作日）", default=0)
    extensions = models.PositiveSmallIntegerField("可延长次数", default=0)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = ClockProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "办理时限"
        verbose_name_plural = "办理时限"
        ordering: ClassVar = ["procedure", "profile", "stage", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure", "profile", "stage", "valid_from"], name="clock_profile_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="clock_profile_has_a_basis"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="clock_profile_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.profile} {self.stage}"


class ClockPause(models.Model):
    """The clock of a case stood from the day after `asked_on` through `until`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    asked_on = models.DateField("暂停之日")
    until = models.DateField("恢复之日", null=True, blank=True)
    why = models.CharField("事由", max_length=200)

    class Meta:
        verbose_name = "期限暂停"
        verbose_name_plural = "期限暂停"
        ordering: ClassVar = ["case", "asked_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(until__isnull=True), name="clock_pause_one_open"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("asked_on")), name="clock_pause_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_on}–{self.until or ''}"

    @property
    def interval(self) -> clocks.Pause:
        """As the rules read it."""
        return clocks.Pause(self.asked_on, self.until, self.why)
