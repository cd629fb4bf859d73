"""The reports that were issued, and the certificates that they were signed with."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from companies.models import CompanyAccount
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from disclosure.rules.masking import public_name
from lookups.models import Query
from records.models import Subject
from reports.models.layouts import ReportLayout, ReportPurpose
from reports.rules.channels import CHANNEL_LABELS
from reports.rules.states import LABELS, TONES, State, state_on


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User, *, everywhere: bool) -> ReportQuerySet:
        """Reports that one's own department asked for; all of them for who may see the whole city."""
        return self if everywhere else self.filter(department=user.department)

    def of(self, subject_ids: list[int]) -> ReportQuerySet:
        """Reports about a subject under any of its keys, the latest first."""
        return self.filter(subject_id__in=subject_ids).order_by("-issued_at", "-pk")

    def past_keeping(self, on: date) -> ReportQuerySet:
        """Reports whose file is kept no longer on a day, and is there still."""
        return self.filter(disposed_on__isnull=True, keep_until__lt=on)


class Report(models.Model):
    """One issued report. Only its disposal changes it; what it said stays provable by its hashes."""

    number = models.CharField("报告编号", max_length=22, unique=True)
    code_hash = models.CharField("校验码摘要", max_length=64)
    layout = models.ForeignKey(ReportLayout, verbose_name="版式", on_delete=models.PROTECT)
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="reports")
    purpose = models.ForeignKey(ReportPurpose, verbose_name="用途", on_delete=models.PROTECT)
    channel = models.CharField("渠道", max_length=10, choices=choices(CHANNEL_LABELS))
    matter = models.CharField("事项", max_length=100, blank=True)
    case_number = models.CharField("办件编号", max_length=60, blank=True)
    department = models.ForeignKey(
        Department, verbose_name="申请单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    account = models.ForeignKey(
        CompanyAccount, verbose_name="企业账户", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    query = models.ForeignKey(
        Query, verbose_name="查询登记", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.CharField("接收方", max_length=100, blank=True)
    issued_at = models.DateTimeField("生成时间")
    as_of = models.DateField("信息截至")
    valid_until = models.DateField("有效期至")
    keep_until = models.DateField("文件保存至")
    items = models.PositiveIntegerField("信息条数")
    fields = models.JSONField("领域", default=list, blank=True)
    since = models.DateField("期间自", null=True, blank=True)
    until = models.DateField("期间至", null=True, blank=True)
    content_digest = models.CharField("内容摘要", max_length=64)
    twin_sha256 = models.CharField("数据文件摘要", max_length=64)
    sha256 = models.CharField("文件摘要", max_length=64, unique=True)
    size = models.PositiveIntegerField("字节数")
    path = models.CharField("文件", max_length=200, blank=True)
    disposed_on = models.DateField("销毁日期", null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "信用报告"
        ordering: ClassVar = ["-issued_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-issued_at"], name="report_of_subject"),
            models.Index(fields=["department", "-issued_at"], name="report_of_department"),
            models.Index(fields=["keep_until"], condition=Q(disposed_on__isnull=True), name="report_kept"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("as_of")) & Q(keep_until__gte=F("valid_until")), name="report_in_order"
            ),
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True) ^ Q(path=""), name="report_disposed_has_no_file"
            ),
            models.CheckConstraint(condition=Q(query__isnull=True) | ~Q(receiver=""), name="report_of_person_is_bound"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def whose(self) -> str:
        """Whom it is about, as a list and a stranger may read it: of a natural person the surname."""
        return public_name(self.subject.name, self.subject.kind)

    def state_on(self, on: date) -> State:
        """Where it stands on a day."""
        return state_on(on, valid_until=self.valid_until, disposed_on=self.disposed_on)

    def word_on(self, on: date) -> tuple[str, str]:
        """The word of its state on a day and its tone."""
        state = self.state_on(on)
        return LABELS[state], TONES[state]


class ReportCertificate(models.Model):
    """A certificate that reports were signed with; it stays published, for what it signed is to be checked later."""

    fingerprint = models.CharField("证书指纹（SHA-256）", max_length=64, unique=True)
    pem = models.TextField("证书")
    subject = models.CharField("证书主体", max_length=200)
    since = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = verbose_name_plural = "报告签章证书"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.subject
