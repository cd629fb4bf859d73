"""That a department uses a report with the subject's consent, and each time that it opened it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from disclosure.rules.masking import public_name
from lookups.models import Authorisation
from records.models import Subject
from reports.models.issued import Report
from reports.models.layouts import ReportPurpose
from reports.uses.rules import USE_LABELS, UseState, word_on


class ReportUseQuerySet(models.QuerySet["ReportUse"]):
    def visible_to(self, user: User, *, everywhere: bool) -> ReportUseQuerySet:
        """Uses of one's own department; all of them for who may see the whole city."""
        return self if everywhere else self.filter(department=user.department)

    def of(self, subject_ids: list[int]) -> ReportUseQuerySet:
        """Uses of reports about a subject under any of its keys, the latest first."""
        return self.filter(subject_id__in=subject_ids).order_by("-pk")

    def asked(self) -> ReportUseQuerySet:
        """Those that wait for the subject."""
        return self.filter(state=UseState.ASKED.value)

    def unanswered(self, on: date) -> ReportUseQuerySet:
        """Those whose last day of the answer is over."""
        return self.asked().filter(answer_by__lt=on)

    def running(self, on: date) -> ReportUseQuerySet:
        """Those whose report may be opened on a day."""
        return self.filter(state=UseState.CONSENTED.value, until__gte=on)


class ReportUse(models.Model):
    """One use: what was asked, what the subject answered, and the report that came of it."""

    number = models.CharField("使用编号", max_length=20, unique=True)
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, verbose_name="使用单位", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("申请时间", default=timezone.now)
    purpose = models.ForeignKey(ReportPurpose, verbose_name="用途", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField("事项", max_length=100)
    case_number = models.CharField("办件编号", max_length=60)
    reason = models.CharField("使用理由（主体可见）", max_length=300)
    until = models.DateField("使用至")
    answer_by = models.DateField("答复期限")
    state = models.CharField("状态", max_length=10, choices=choices(USE_LABELS), default=UseState.ASKED.value)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    account = models.ForeignKey(
        CompanyAccount, verbose_name="答复账户", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    window_clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="窗口经办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    authorisation = models.ForeignKey(
        Authorisation, verbose_name="书面同意", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("答复说明", max_length=300, blank=True)
    report = models.OneToOneField(
        Report, verbose_name="报告", null=True, blank=True, on_delete=models.PROTECT, related_name="use"
    )
    revoked_at = models.DateTimeField("撤回同意时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ReportUseQuerySet.as_manager()

    class Meta:
        db_table = "reports_use"
        verbose_name = verbose_name_plural = "报告使用"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="report_use_of_subject"),
            models.Index(fields=["department", "-id"], name="report_use_of_department"),
            models.Index(fields=["answer_by"], name="report_use_asked", condition=Q(state=UseState.ASKED.value)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "subject", "case_number"],
                condition=Q(state=UseState.ASKED.value),
                name="report_use_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[UseState.CONSENTED.value, UseState.REVOKED.value]) | Q(report__isnull=False),
                name="report_use_consented_has_a_report",
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=True) | Q(account__isnull=False) | Q(authorisation__isnull=False),
                name="report_use_by_account_or_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(window_clerk__isnull=True) | ~Q(window_clerk=F("asked_by")), name="report_use_by_two"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def whose(self) -> str:
        """Whom it is about, as the desk may read it: of a natural person the surname."""
        return public_name(self.subject.name, self.subject.kind)

    def may_be_agreed(self, on: date) -> bool:
        """Whether neither the last day of the answer nor that of the use is past: silence is no consent, whether a sweep ran or not."""
        return on <= min(self.answer_by, self.until)

    def word_on(self, on: date) -> tuple[str, str]:
        """The word of its state on a day and its tone."""
        return word_on(self.state, self.until, on)


class UseOpening(models.Model):
    """That somebody of the department opened the report, when. Append-only."""

    use = models.ForeignKey(ReportUse, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField("打开时间", default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="打开人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "reports_useopening"
        verbose_name = verbose_name_plural = "报告使用的打开记录"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
