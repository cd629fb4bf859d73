"""A hearing: what the subject was told, how it reached it, and what it said (告知、送达、陈述申辩)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casework.models.cases import Case
from casework.rules.hearing import Heard
from companies.models import CompanyAccount


class Hearing(models.Model):
    """One a case. `intended` holds the codes of what was announced: a decision may take only from these."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="hearing")
    notice = models.TextField("告知内容", blank=True)
    intended = ArrayField(
        models.CharField(max_length=40), verbose_name="拟采取的措施（编码）", default=list, blank=True
    )
    notified_on = models.DateField("告知日期", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    served_how = models.CharField("送达方式", max_length=60, blank=True)
    days = models.PositiveSmallIntegerField("陈述申辩期限（工作日）", null=True, blank=True)
    until = models.DateField("陈述申辩截止日", null=True, blank=True)
    provisional = models.BooleanField("截止日暂定", default=False)
    statement = models.TextField("陈述申辩内容", blank=True)
    statement_on = models.DateField("陈述申辩日期", null=True, blank=True)
    statement_by = models.ForeignKey(
        CompanyAccount,
        verbose_name="在线提交的账户",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    waived = models.BooleanField("放弃陈述申辩", default=False)

    class Meta:
        verbose_name = "告知与陈述申辩"
        verbose_name_plural = "告知与陈述申辩"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(served_on__isnull=True)
                | (Q(notified_on__isnull=False) & Q(served_on__gte=F("notified_on")) & ~Q(notice="")),
                name="hearing_served_what_was_told",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | (Q(until__isnull=False) & Q(days__isnull=False)),
                name="hearing_served_with_a_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"

    @property
    def heard(self) -> Heard:
        """What the rules need of it."""
        return Heard(self.until, self.statement_on, self.waived)
