"""Grades as somebody else found them: one row for each word of each record, never written over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from records.models import CreditRecord, Subject
from supervision.grading.models.schemes import GradeScheme


class ReceivedGradeQuerySet(models.QuerySet["ReceivedGrade"]):
    def active(self) -> ReceivedGradeQuerySet:
        """The last word of each record that stands in the ledger."""
        return self.filter(replaced_at__isnull=True, gone_at__isnull=True)

    def in_force(self, on: date) -> ReceivedGradeQuerySet:
        """Standing grades that hold on a day, under a scheme that held when they were found; of one scheme more than one may be among them."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        scheme = Q(scheme__valid_until__isnull=True) | Q(scheme__valid_until__gte=on)
        return self.active().filter(running, scheme, as_of__lte=on)


class ReceivedGrade(models.Model):
    """A grade as received: what the record said in one of its versions. A new word closes the row (`replaced_at`) and stands in one of its own."""

    record = models.ForeignKey(
        CreditRecord, verbose_name="信用记录", on_delete=models.PROTECT, related_name="received_grades"
    )
    version = models.PositiveIntegerField("记录版本")
    subject = models.ForeignKey(
        Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    subject_kind = models.CharField("主体类别", max_length=12)
    scheme = models.ForeignKey(GradeScheme, verbose_name="评价方案", on_delete=models.PROTECT, related_name="received")
    grade = models.CharField("等级", max_length=20)
    as_of = models.DateField("评价日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    source = models.CharField("来源", max_length=200)
    received_at = models.DateTimeField("收到时间", default=timezone.now)
    replaced_at = models.DateTimeField("被后来版本代替的时间", null=True, blank=True)
    gone_at = models.DateTimeField("记录撤销的时间", null=True, blank=True)

    objects = ReceivedGradeQuerySet.as_manager()

    class Meta:
        verbose_name = "外来等级"
        verbose_name_plural = "外来等级"
        ordering: ClassVar = ["-as_of", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["subject", "scheme", "-as_of"],
                name="received_grade_of_subject",
                condition=Q(replaced_at__isnull=True, gone_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "version"], name="received_grade_version_once"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(replaced_at__isnull=True), name="received_grade_one_last_word"
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="person"),
                name="received_grade_never_of_a_person",
                violation_error_message="自然人不评定等级。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("as_of")), name="received_grade_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.grade}"
