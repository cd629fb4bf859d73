"""Links under which a company lets one receiver take a report, and that it was taken."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from companies.models import CompanyAccount
from reports.models.issued import Report


class ShareQuerySet(models.QuerySet["ReportShare"]):
    def open_on(self, on: date) -> ShareQuerySet:
        """Links that still lead to their report on a day."""
        return self.filter(ended_on__isnull=True, until__gte=on)


class ReportShare(models.Model):
    """A link to one report for one receiver, with a last day. Link and code are kept as keyed hashes: who reads the table cannot open it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="shares")
    receiver = models.CharField("接收方", max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    until = models.DateField("有效至")
    made_on = models.DateField("生成日期")
    made_by = models.ForeignKey(CompanyAccount, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("停用日期", null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告链接"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("made_on")), name="report_share_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver}（{self.until:%Y-%m-%d}）"


class ShareOpening(models.Model):
    """That a shared report was taken, when."""

    share = models.ForeignKey(ReportShare, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField("下载时间")

    class Meta:
        verbose_name = verbose_name_plural = "报告链接的下载"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
