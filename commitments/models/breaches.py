"""Cases of breach (违诺): candidate, notice, statement, finding, decision, measures."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commitments.models.choices import choices
from commitments.models.letters import Letter
from commitments.models.matters import Measure
from commitments.models.reviews import Review
from commitments.rules.breaches import SOURCE_LABELS, Source
from commitments.rules.kinds import BREACH_KIND_LABELS
from commitments.rules.states import BREACH_LABELS, BreachState
from companies.models import CompanyAccount
from credit_platform.accounts.models import Department
from records.models import CreditRecord, Subject

OPEN = ("candidate", "notified", "served", "found")


class BreachCaseQuerySet(models.QuerySet["BreachCase"]):
    def open(self) -> BreachCaseQuerySet:
        """Cases that are not closed."""
        return self.filter(state__in=OPEN)

    def barring(self, on: date) -> BreachCaseQuerySet:
        """Decided cases whose bar from 告知承诺 holds on a day (its last day included)."""
        return self.filter(state=BreachState.DECIDED, barred_until__isnull=False, barred_until__gte=on)


class BreachCase(models.Model):
    """One case; a letter has at most one open at a time. The finding is another person's than the draft."""

    number = models.CharField("案号", max_length=32, unique=True)
    letter = models.ForeignKey(Letter, verbose_name="承诺书", on_delete=models.PROTECT, related_name="breaches")
    subject = models.ForeignKey(Subject, verbose_name="承诺主体", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, verbose_name="认定单位", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(
        Review, verbose_name="来源复核", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField("来源", max_length=10, choices=choices(SOURCE_LABELS), default=Source.DESK.value)
    kind = models.CharField("违诺种类", max_length=12, choices=choices(BREACH_KIND_LABELS))
    state = models.CharField("状态", max_length=10, choices=choices(BREACH_LABELS), default=BreachState.CANDIDATE.value)
    facts = models.TextField("违诺事实")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    drafted_on = models.DateField("提出日期")
    notice = models.TextField("告知内容", blank=True)
    intended = ArrayField(
        models.CharField(max_length=40), verbose_name="拟采取的措施（编码）", default=list, blank=True
    )
    notified_on = models.DateField("告知日期", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    served_how = models.CharField("送达方式", max_length=60, blank=True)
    hearing_days = models.PositiveSmallIntegerField("陈述申辩期限（工作日）", null=True, blank=True)
    hearing_until = models.DateField("陈述申辩截止日", null=True, blank=True)
    hearing_provisional = models.BooleanField("截止日暂定", default=False)
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
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="认定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    found_on = models.DateField("认定日期", null=True, blank=True)
    reasons = models.TextField("认定理由", blank=True, help_text="对陈述申辩是否采纳及理由一并写明。")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="决定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    document_number = models.CharField("决定文书号", max_length=128, blank=True)
    barred_until = models.DateField("不适用告知承诺至", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    closed_why = models.CharField("结案说明", max_length=500, blank=True)
    public_note = models.CharField("对外说明", max_length=500, blank=True)
    record = models.OneToOneField(
        CreditRecord,
        verbose_name="违诺记录",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitment_breach",
    )
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = BreachCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "违诺处理"
        verbose_name_plural = "违诺处理"
        ordering: ClassVar = ["-drafted_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "state", "-id"], name="breach_of_department"),
            models.Index(
                fields=["subject", "barred_until"],
                name="breach_bars",
                condition=Q(state="decided", barred_until__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter"], condition=Q(state__in=OPEN), name="breach_one_open_a_letter"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(source="shortfall"), name="breach_one_shortfall_a_letter"
            ),
            models.CheckConstraint(
                condition=Q(found_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(found_by=F("drafted_by")),
                name="breach_found_by_a_second_person",
                violation_error_message="认定人不得是提出人。",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided")
                | (
                    Q(served_on__isnull=False)
                    & Q(found_on__isnull=False)
                    & Q(decided_on__isnull=False)
                    & ~Q(reasons="")
                ),
                name="breach_decided_was_heard",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BreachMeasure(models.Model):
    """A measure that a decision takes, out of the list."""

    case = models.ForeignKey(BreachCase, verbose_name="违诺处理", on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, verbose_name="惩戒措施", on_delete=models.PROTECT, related_name="+")
    until = models.DateField("期限至", null=True, blank=True)
    note = models.CharField("具体内容", max_length=500, blank=True)

    class Meta:
        verbose_name = "违诺措施"
        verbose_name_plural = "违诺措施"
        ordering: ClassVar = ["case", "measure__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "measure"], name="breach_measure_once")]

    def __str__(self) -> str:
        return str(self.measure)
