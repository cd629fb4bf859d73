"""A case: one row for whatever is being handled, whichever procedure it belongs to, with the one day on which it falls due."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casework.rules import procedures
from casework.rules.procedures import Procedure
from companies.models import CompanyAccount
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Department, User
from records.models import CreditRecord, Subject
from records.queries.search import merged_with


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """Cases in which somebody still has to act."""
        return self.filter(closed_on__isnull=True)

    def of(self, procedure: Procedure | str) -> CaseQuerySet:
        """The cases of one procedure."""
        return self.filter(procedure=procedure if isinstance(procedure, str) else procedure.slug)

    def running(self) -> CaseQuerySet:
        """Open cases whose clock runs: with a last day, and not paused."""
        return self.open().filter(due_on__isnull=False, paused=False)

    def late(self, on: date) -> CaseQuerySet:
        """Those whose last day has passed by a day."""
        return self.running().filter(due_on__lt=on)

    def due(self, on: date) -> CaseQuerySet:
        """Those whose last day is a day or lies before it."""
        return self.running().filter(due_on__lte=on)

    def visible_to(self, user: User, on: date | None = None) -> CaseQuerySet:
        """The cases of the user's department and of those it succeeded; the credit office sees all."""
        return within(self, user, on)

    def shown_to(self, subject: Subject) -> CaseQuerySet:
        """What a subject may see of cases about itself: from the service of the notice on, never before."""
        states = Q(pk__in=[])
        for procedure in procedures.known():
            states |= Q(procedure=procedure.slug, state__in=procedure.shown_to_subject)
        return self.filter(states, subject_id__in=merged_with(subject))


class Case(models.Model):
    """What is handled of a subject by a department. A procedure's own columns stand one-to-one beside it; its outcome is `record`."""

    procedure = models.CharField("事项种类", max_length=40)
    number = models.CharField("案号", max_length=64, unique=True)
    subject = models.ForeignKey(
        Subject, verbose_name="主体", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(Department, verbose_name="办理单位", on_delete=models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=20)
    moved_on = models.DateField("最近一步的日期")
    due_on = models.DateField("期限", null=True, blank=True)
    due_from = models.DateField("期限起算日", null=True, blank=True)
    due_days = models.PositiveSmallIntegerField("期限（工作日）", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    extended = models.PositiveSmallIntegerField("延长次数", default=0)
    paused = models.BooleanField("期限暂停计算", default=False)
    escalated_on = models.DateField("提请督办日期", null=True, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提出人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    drafted_on = models.DateField("提出日期")
    applicant = models.ForeignKey(
        CompanyAccount, verbose_name="申请账户", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    determined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="认定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    determined_on = models.DateField("认定日期", null=True, blank=True)
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
    closed_on = models.DateField("结案日期", null=True, blank=True)
    closed_why = models.CharField("结案说明", max_length=500, blank=True)
    public_note = models.CharField("对外说明", max_length=500, blank=True)
    record = models.OneToOneField(
        CreditRecord, verbose_name="信用记录", null=True, blank=True, on_delete=models.PROTECT, related_name="case"
    )
    tracking = models.CharField("查询码摘要", max_length=128, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "办理事项"
        verbose_name_plural = "办理事项"
        ordering: ClassVar = ["-drafted_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "due_on", "id"], name="case_due", condition=Q(closed_on__isnull=True)),
            models.Index(fields=["due_on", "id"], name="case_due_anywhere", condition=Q(closed_on__isnull=True)),
            models.Index(fields=["procedure", "department", "state", "-drafted_on", "-id"], name="case_of_department"),
            models.Index(fields=["procedure", "-drafted_on", "-id"], name="case_newest"),
            models.Index(fields=["subject", "procedure", "state"], name="case_of_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(determined_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(determined_by=F("drafted_by")),
                name="case_determined_by_a_second_person",
                violation_error_message="认定人不得是提出人。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(decided_by=F("drafted_by")),
                name="case_decided_by_a_second_person",
                violation_error_message="决定人不得是提出人。",
            ),
            models.CheckConstraint(
                condition=Q(determined_on__isnull=True) | ~Q(reasons=""), name="case_determined_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_from__isnull=True) | Q(due_on__gte=F("due_from")),
                name="case_due_after_its_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def of(self) -> Procedure:
        """The procedure of the case."""
        return procedures.of(self.procedure)

    def get_state_display(self) -> str:
        """The word of the state, in its procedure's words."""
        return self.of.labels[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state in the kit."""
        return self.of.tones[self.state]

    @property
    def own(self) -> Any:
        """The procedure's own row of this case."""
        return getattr(self, self.of.own.rsplit(".", 1)[1].lower())


class CaseNumber(models.Model):
    """How far the numbers of a procedure went in a year: without gaps, since the row is held until the case is kept."""

    procedure = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "案号序列"
        verbose_name_plural = "案号序列"
        constraints: ClassVar = [models.UniqueConstraint(fields=["procedure", "year"], name="case_number_of_a_year")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.year}: {self.last}"
