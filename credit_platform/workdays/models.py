"""Tables of the calendar: the notices, the days they name, and the stamp by which every process notices a change."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.web.formats import cn_date


class HolidayNotice(models.Model):
    """A notice of the State Council's office about the days off of a year, or a later one that changes some of its days.

    `days` keeps what was loaded, as [date, is_workday, name], also after the notice was superseded.
    """

    class Kind(models.TextChoices):
        YEARLY = "yearly", "年度通知"
        AMENDMENT = "amendment", "调整通知"

    class State(models.TextChoices):
        CURRENT = "current", "有效"
        SUPERSEDED = "superseded", "已被替换"

    year = models.PositiveSmallIntegerField("年份", db_index=True)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices, default=Kind.YEARLY)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.CURRENT)
    title = models.CharField("通知标题", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    days = models.JSONField("所载日期", default=list)
    loaded_by = models.CharField("录入人", max_length=200)
    loaded_at = models.DateTimeField("录入时间", default=timezone.now)

    class Meta:
        verbose_name = "放假通知"
        verbose_name_plural = "放假通知"
        ordering = ["-year", "-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(kind="yearly", state="current"),
                name="workdays_one_current_notice_a_year",
            ),
            models.CheckConstraint(condition=Q(year__gte=1949, year__lte=2200), name="workdays_notice_year"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）" if self.document_number else self.title

    @property
    def source(self) -> str:
        """How a day names its notice: the number, else the year."""
        return self.document_number or f"{self.year}年放假通知"


class CalendarDay(models.Model):
    """A day that is not what its weekday says, or a weekend inside a holiday: off, or at work by a notice."""

    date = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)
    notice = models.ForeignKey(HolidayNotice, models.PROTECT, related_name="calendar_days", verbose_name="依据")

    class Meta:
        verbose_name = "放假调休日"
        verbose_name_plural = "放假调休日"
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{cn_date(self.date)} {self.name}{'上班' if self.is_workday else '放假'}"


class CalendarStamp(models.Model):
    """One row: changes with every loading, so that a cached calendar knows that it is old. Its lock makes loading one at a time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField("更新时间", default=timezone.now)

    class Meta:
        verbose_name = "日历版本"
        verbose_name_plural = "日历版本"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="workdays_one_stamp")]

    def __str__(self) -> str:
        return str(self.stamp)
