"""Files whose every row is a check."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from checks.models.matters import CheckMatter
from checks.rules.jobs import LABELS, OPEN, JobState
from checks.rules.states import PURPOSE_LABELS
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices


class CheckJobQuerySet(models.QuerySet["CheckJob"]):
    def open(self) -> Self:
        """Waiting for a worker or under way."""
        return self.filter(state__in=OPEN)

    def visible_to(self, user: User) -> Self:
        """Those that one ordered oneself: a file of others is nobody else's business."""
        return self.filter(ordered_by=user)


class CheckJob(models.Model):
    """One file: what it is asked for, how far it has come. The file lies sealed in the vault; what was answered are ordinary checks.

    `position` is the number of rows that are done; it moves together with the checks of those rows or not at all.
    """

    matter = models.ForeignKey(CheckMatter, verbose_name="核查事项", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("核查目的", max_length=16, choices=choices(PURPOSE_LABELS))
    case_number = models.CharField("办件编号", max_length=64, blank=True, default="")
    window = models.CharField("窗口", max_length=60, blank=True)
    department = models.ForeignKey(Department, verbose_name="核查单位", on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核查人", on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField("文件名", max_length=200)
    file_path = models.CharField("文件", max_length=200)
    total = models.PositiveIntegerField("行数", default=0)
    position = models.PositiveIntegerField("已核查", default=0)
    wrong = models.PositiveIntegerField("有问题的行", default=0)
    state = models.CharField("状态", max_length=10, choices=choices(LABELS), default=JobState.WAITING.value)
    why = models.CharField("原因", max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField("连续中断次数", default=0)
    ordered_at = models.DateTimeField("提交时间", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True)

    objects = CheckJobQuerySet.as_manager()

    class Meta:
        verbose_name = "文件批量核查"
        verbose_name_plural = "文件批量核查"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["ordered_by", "-id"], name="check_job_of_person")]

    def __str__(self) -> str:
        return self.file_name
