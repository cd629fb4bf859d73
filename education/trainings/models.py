"""Sessions of training, who was invited, who came."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts.models import Department
from education.models.courses import Course
from education.trainings import rules
from records.models import Subject


class TrainingQuerySet(models.QuerySet["Training"]):
    def shown(self) -> TrainingQuerySet:
        """What the public reads."""
        return self.filter(state__in=rules.SHOWN)


class Training(models.Model):
    """One session. `asked` is the query of its invitations as it was frozen, `coverage` what it reached on `reference_on`."""

    department = models.ForeignKey(Department, verbose_name="组织单位", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, verbose_name="课程", on_delete=models.PROTECT, related_name="trainings")
    title = models.CharField("名称", max_length=100)
    on = models.DateField("培训日期")
    begins = models.TimeField("开始时间")
    ends = models.TimeField("结束时间")
    place = models.CharField("地点或者网络平台", max_length=200)
    trainer = models.CharField("授课单位", max_length=100)
    capacity = models.PositiveSmallIntegerField("席位")
    least_minutes = models.PositiveSmallIntegerField("最少在场时间（分钟）")
    state = models.CharField("状态", max_length=10, choices=rules.STATE_CHOICES, default=rules.State.PLANNED.value)
    asked = models.JSONField("邀请范围", default=dict, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="筹备人", on_delete=models.PROTECT, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="签到登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reference_on = models.DateField("统计基准日", null=True, blank=True)
    coverage = models.JSONField("覆盖情况", default=dict, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = "修复培训"
        verbose_name_plural = "修复培训"
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="training_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(confirmed_by__isnull=False, reference_on__isnull=False),
                name="training_closed_was_confirmed",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="training_times_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state on pages."""
        return rules.TONES[rules.State(self.state)]


class Invitation(models.Model):
    """A subject that was invited. Append-only; its answer is written once."""

    training = models.ForeignKey(Training, verbose_name="培训", on_delete=models.PROTECT, related_name="invitations")
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField("预约席位", null=True, blank=True)
    answered_by = models.ForeignKey(
        CompanyAccount, verbose_name="预约账户", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("预约时间", null=True, blank=True)

    class Meta:
        verbose_name = "培训邀请"
        verbose_name_plural = "培训邀请"
        ordering: ClassVar = ["training", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["training", "subject"], name="invitation_once")]

    def __str__(self) -> str:
        return f"邀请 {self.pk}"


class SeatQuerySet(models.QuerySet["Seat"]):
    def counted(self) -> SeatQuerySet:
        """Seats that nobody has struck."""
        return self.filter(struck_at__isnull=True)


class Seat(models.Model):
    """Somebody who came for a subject. Of the person only the surname is kept."""

    training = models.ForeignKey(Training, verbose_name="培训", on_delete=models.PROTECT, related_name="seats")
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    name_masked = models.CharField("参加人员（隐去名字）", max_length=40)
    came = models.TimeField("签到时间")
    left = models.TimeField("签退时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("登记时间", default=timezone.now)
    struck_at = models.DateTimeField("划去时间", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "培训签到"
        verbose_name_plural = "培训签到"
        ordering: ClassVar = ["training", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(left__gt=F("came")), name="seat_times_in_order")]

    def __str__(self) -> str:
        return f"签到 {self.pk}"

    @property
    def minutes(self) -> int:
        """Whole minutes present."""
        return rules.minutes_present(self.came, self.left)
