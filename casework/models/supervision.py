"""督办: somebody is urged to act on a case, by the credit office or by the clock, and answers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models.cases import Case


class Urging(models.Model):
    """One a time; `asked_by` is empty when the clock did it. The answer is the department's."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urgings")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="督办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_on = models.DateField("督办日期")
    text = models.CharField("督办意见", max_length=500)
    answer_due_on = models.DateField("答复期限")
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="答复人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        verbose_name = "督办"
        verbose_name_plural = "督办"
        ordering: ClassVar = ["-asked_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_on__isnull=True), name="urging_one_open_a_case"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="urging_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="urging_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.text
