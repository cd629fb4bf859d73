"""Patrols, what they found, and the alarms that follow."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models import Case
from credit_platform.labels import choices
from patrols.rules import RUN_LABELS, RunState


class PatrolQuerySet(models.QuerySet["Patrol"]):
    def running(self) -> PatrolQuerySet:
        return self.filter(state=RunState.RUNNING)

    def done(self) -> PatrolQuerySet:
        return self.filter(state=RunState.DONE)


class Patrol(models.Model):
    """One reading of the public face. `problems` names the parts that could not be read."""

    on = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=choices(RUN_LABELS), default=RunState.RUNNING.value)
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    ordered_by = models.CharField("发起人", max_length=200)
    through = models.CharField("读取途径", max_length=200)
    addresses = models.PositiveIntegerField("读取地址数", default=0)
    found = models.PositiveIntegerField("发现问题数", default=0)
    fresh = models.PositiveIntegerField("新发现", default=0)
    problems = models.JSONField("未能读取的部分", default=list)

    objects = PatrolQuerySet.as_manager()

    class Meta:
        verbose_name = "公示巡查"
        verbose_name_plural = "公示巡查"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="patrol_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="patrol_ended_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_state_display()}"

    @property
    def is_clean(self) -> bool:
        """Whether everything was read and nothing found."""
        return self.state == RunState.DONE and not self.found and not self.problems


class PatrolFindingQuerySet(models.QuerySet["PatrolFinding"]):
    def open(self) -> PatrolFindingQuerySet:
        """What the latest patrol that looked there still found."""
        return self.filter(settled_on__isnull=True)


class PatrolFinding(models.Model):
    """What an outsider could read and should not; settled when a later patrol finds it no more."""

    patrol = models.ForeignKey(
        Patrol, verbose_name="发现的巡查", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    found_on = models.DateField("发现日期")
    seen_on = models.DateField("最近查到日期")
    reader = models.CharField("部分", max_length=20)
    address = models.CharField("地址", max_length=500)
    public_id = models.CharField("公示编号", max_length=12, blank=True)
    what = models.CharField("情况", max_length=200)
    settled_on = models.DateField("消除日期", null=True, blank=True)

    objects = PatrolFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "公示巡查发现"
        verbose_name_plural = "公示巡查发现"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address", "public_id", "what"],
                condition=Q(settled_on__isnull=True),
                name="patrol_finding_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.what}"


class PatrolAlarm(models.Model):
    """The case of an alarm: why it came to it, whose it was, what was done. One is open at a time."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="patrolalarm")
    patrol = models.ForeignKey(Patrol, verbose_name="公示巡查", on_delete=models.PROTECT, related_name="alarms")
    cause = models.CharField("原因", max_length=500, blank=True)
    responsible = models.CharField("责任单位", max_length=200, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "公示巡查告警"
        verbose_name_plural = "公示巡查告警"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["is_open"], condition=Q(is_open=True), name="patrol_alarm_one_open")
        ]

    def __str__(self) -> str:
        return str(self.case)
