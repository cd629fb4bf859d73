"""What is known of each subject of whom anything is known, and what checks read their answers from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from records.models import Subject


class CheckRegister(models.Model):
    """One version of measures, fields and rules as checks read them. Append-only by trigger: an answer of years ago can be made again."""

    id = models.BigAutoField("版本", primary_key=True)
    content = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间", db_default=Now())

    class Meta:
        verbose_name = "核查依据版本"
        verbose_name_plural = "核查依据版本"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


class StateQuerySet(models.QuerySet["SubjectState"]):
    def outdated(self, on: date, register: int) -> Self:
        """States that time, or another version of the register, has made wrong."""
        return self.filter(Q(changes_on__lte=on) | ~Q(register=register))


class SubjectState(models.Model):
    """The facts of one subject and what they come to: kept by followers in the transactions that change them, equal to a computation anew.

    `verdicts` tells by key (`*`, a field of matters, `record`) the place of the verdict, the lightest 0; `changes_on` is the first day on which
    time alone makes something else of it. A subject without a row is one of whom nothing is known.
    """

    subject = models.OneToOneField(
        Subject, verbose_name="信用主体", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    facts = models.JSONField("情况")
    verdicts = models.JSONField("各领域结论")
    changes_on = models.DateField("下一变化日", null=True)
    register = models.BigIntegerField("核查依据版本")
    kept_at = models.DateTimeField("更新时间", db_default=Now())

    objects = StateQuerySet.as_manager()

    class Meta:
        verbose_name = "主体核查状态"
        verbose_name_plural = "主体核查状态"
        indexes: ClassVar = [
            models.Index(fields=["changes_on"], name="check_state_turns", condition=Q(changes_on__isnull=False))
        ]

    def __str__(self) -> str:
        return str(self.subject_id)
