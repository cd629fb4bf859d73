"""Complaints as they are counted and watched, and reports of violations, which nobody sees but who handles them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.models import Department
from disclosure.rules.states import State
from records.models import CreditRecord, Subject
from records.queries.search import merged_with
from supervision.complaints.rules.clocks import Span
from supervision.complaints.rules.words import ACCEPTED

WAS_PUBLIC = (State.PUBLISHED.value, State.ENDED.value)


def begun_before(field: str, limits: Iterable[tuple[Span, date]]) -> Q:
    """Rows whose `field` lies before the first day in time of the span of days of receipt to which they belong."""
    found = Q(pk__in=[])
    for span, first in limits:
        row = Q((f"{field}__lt", first))
        if span.first is not None:
            row &= Q(received_on__gte=span.first)
        if span.last is not None:
            row &= Q(received_on__lte=span.last)
        found |= row
    return found


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def of(self, subject: Subject) -> ComplaintQuerySet:
        """Those about a subject, whichever of its merged files they came in under."""
        return self.in_ledger().filter(record__subject_id__in=merged_with(subject))

    def in_ledger(self) -> ComplaintQuerySet:
        """Those that stand in the ledger, not taken back."""
        return self.filter(record__status="active")

    def unidentified(self) -> ComplaintQuerySet:
        """Those whose operator has no code."""
        return self.filter(record__isnull=True)

    def counted(self) -> ComplaintQuerySet:
        """Those that a desk counts: standing, or with an operator that was not identified."""
        return self.filter(Q(record__status="active") | Q(record__isnull=True))

    def was_public(self) -> ComplaintQuerySet:
        """Those that the public could see and that nobody took back: shown, or ended by their period."""
        return self.in_ledger().filter(
            record__disclosure__state__in=WAS_PUBLIC, record__disclosure__published_on__isnull=False
        )

    def closed_in(self, year: int) -> ComplaintQuerySet:
        """Those that ended in a calendar year."""
        return self.filter(closed_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def to_accept(self) -> ComplaintQuerySet:
        """Nobody has said yet whether they are accepted."""
        return self.filter(decision="", closed_on__isnull=True)

    def to_mediate(self) -> ComplaintQuerySet:
        """Accepted, and not ended."""
        return self.filter(decision=ACCEPTED, closed_on__isnull=True)


class Complaint(models.Model):
    """One complaint under its 12315 number. `record` holds what is said of the operator; None while no operator is identified."""

    number = models.CharField("12315登记编号", max_length=64)
    number_key = models.CharField("登记编号（比对用）", max_length=64, unique=True)
    department = models.ForeignKey(Department, verbose_name="报送单位", on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField(
        CreditRecord, verbose_name="信用记录", null=True, blank=True, on_delete=models.PROTECT, related_name="complaint"
    )
    operator = models.CharField("被投诉经营者", max_length=200)
    channel = models.CharField("登记渠道", max_length=30, blank=True)
    received_on = models.DateField("登记日期")
    decision = models.CharField("受理结果", max_length=8, blank=True)
    accepted_on = models.DateField("受理决定日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=12, blank=True)
    trade = models.CharField("商品服务类别", max_length=30)
    problem = models.CharField("问题类别", max_length=30)
    platform = models.CharField("电商平台", max_length=100, blank=True)
    shop = models.CharField("门店或店铺", max_length=100, blank=True)
    brand = models.CharField("品牌", max_length=60, blank=True)
    district = models.CharField("区划", max_length=12, blank=True)
    case_number = models.CharField("诉转案文号", max_length=128, blank=True)
    case_key = models.CharField("诉转案文号（比对用）", max_length=128, blank=True)
    hidden_why = models.CharField("不公示的原因", max_length=100, blank=True)
    first_batch = models.BigIntegerField("首次报送批次", null=True, blank=True)
    last_batch = models.BigIntegerField("最近报送批次", null=True, blank=True)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "消费投诉"
        verbose_name_plural = "消费投诉"
        ordering: ClassVar = ["-received_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "-received_on", "-id"], name="complaint_desk"),
            models.Index(fields=["closed_on", "trade"], name="complaint_closed"),
            models.Index(fields=["received_on"], name="complaint_open", condition=Q(closed_on__isnull=True)),
            models.Index(fields=["case_key"], name="complaint_case", condition=~Q(case_key="")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(record__isnull=False) | ~Q(hidden_why=""), name="complaint_without_record_is_hidden"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.closed_on:
            return self.result or "已办结"
        return {"": "待受理", ACCEPTED: "调解中"}.get(self.decision, self.decision)


class ViolationReport(models.Model):
    """One report of a violation (举报): what the clock needs, and everything else sealed. It names no subject and has no record."""

    number = models.CharField("12315登记编号", max_length=64)
    number_key = models.CharField("登记编号（比对用）", max_length=64, unique=True)
    department = models.ForeignKey(Department, verbose_name="办理单位", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("登记日期")
    trade = models.CharField("商品服务类别", max_length=30)
    problem = models.CharField("问题类别", max_length=30)
    extended = models.BooleanField("延长核查", default=False)
    checked_on = models.DateField("核查日期", null=True, blank=True)
    checked = models.CharField("核查结果", max_length=8, blank=True)
    told_on = models.DateField("告知举报人日期", null=True, blank=True)
    sealed = models.BinaryField("内容（密文）")
    first_batch = models.BigIntegerField("首次报送批次")
    last_batch = models.BigIntegerField("最近报送批次")
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    class Meta:
        verbose_name = "违法行为举报"
        verbose_name_plural = "违法行为举报"
        ordering: ClassVar = ["-received_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["department", "-received_on", "-id"], name="violation_report_desk")]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.checked_on is None:
            return "核查中（已延长）" if self.extended else "核查中"
        return self.checked or "已核查"
