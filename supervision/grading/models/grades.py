"""Grades of our own model: one row for each subject, with its parts. What it was before is in the history that the database keeps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from records.models import Subject
from supervision.grading.models.versions import GradingModel


class Grade(models.Model):
    """The grade of a subject as it was last computed. `parts` are lists of [line, number of records, points, ids of records].

    One row, so that two steps about one subject wait for one another; `before` and `since` tell the former grade and the day of the change.
    """

    subject = models.OneToOneField(
        Subject, verbose_name="主体", primary_key=True, on_delete=models.PROTECT, related_name="grade"
    )
    subject_kind = models.CharField("主体类别", max_length=12)
    model = models.ForeignKey(
        GradingModel, verbose_name="模型", on_delete=models.PROTECT, related_name="grades", db_index=False
    )
    grade = models.CharField("等级", max_length=20)
    score = models.DecimalField("得分", max_digits=8, decimal_places=2)
    parts = models.JSONField("各项", default=list)
    direct = models.JSONField("直接认定", default=list)
    before = models.CharField("上一等级", max_length=20, blank=True, default="")
    since = models.DateField("等级起始日期")
    computed_on = models.DateField("计算日期")
    computed_at = models.DateTimeField("计算时间", default=timezone.now)

    class Meta:
        verbose_name = "监管等级"
        verbose_name_plural = "监管等级"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["grade", "score", "subject"], name="grade_and_score"),
            models.Index(fields=["-since", "-subject"], name="grade_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(subject_kind="person"),
                name="grade_never_of_a_person",
                violation_error_message="自然人不评定等级。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.grade}"
