"""Layouts and purposes as rows, the reports that were issued, and the links under which a company lets one receiver take a report."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from companies.models import CompanyAccount
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from credit_platform.pdf import PRODUCER
from disclosure.kinds import EVERY
from records.models import Subject
from records.models.catalogue import Category
from reports.rules import layout
from reports.rules.channels import CHANNEL_LABELS, KIND_LABELS, Kind
from reports.rules.proof import Field
from reports.rules.states import LABELS, TONES, State, state_on

BESIDE_KINDS = tuple(Category.values)
"""An item that no app owns stands by its category of the national base catalogue, so a layout may name these too."""


class LayoutQuerySet(models.QuerySet["ReportLayout"]):
    def in_force(self, on: date, kind: Kind = Kind.GENERAL) -> LayoutQuerySet:
        """Layouts of a kind that are used on a day, the newest first."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        return self.filter(running, valid_from__lte=on, kind=kind).order_by("-valid_from", "code")


class FieldQuerySet(models.QuerySet["ProofField"]):
    def in_force(self, on: date) -> FieldQuerySet:
        """Fields that may be asked for on a day, with who vouches for them; one that nobody vouches for is none."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        return (
            self.filter(running, valid_from__lte=on, departments__isnull=False)
            .distinct()
            .prefetch_related("departments")
        )


class ReportLayout(models.Model):
    """A layout with its days in force, how long a report under it may be relied on and how long its file is kept.

    One of the kind `proof` has no chapters of its own: they are the fields that were asked for.
    """

    kind = models.CharField("种类", max_length=10, choices=choices(KIND_LABELS), default=Kind.GENERAL.value)
    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=300)
    certainty = models.CharField("确定程度", max_length=300, blank=True)
    content = models.JSONField("版式", help_text="章节、概要和固定用语；格式见管理员手册。")
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)
    issuer = models.CharField("出具单位", max_length=100, default=PRODUCER)
    months = models.PositiveSmallIntegerField("报告有效期（月）", default=3)
    kept_months = models.PositiveSmallIntegerField("文件保存期（月）", default=60)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告版式"
        ordering: ClassVar = ["-valid_from", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="report_layout_in_order",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1) & Q(kept_months__gte=F("months")), name="report_layout_kept_while_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A layout that cannot be read, or in which something would be missing, is not stored."""
        if self.kind == Kind.PROOF:
            return
        found = layout.findings(self.content or {}, {*EVERY, *BESIDE_KINDS})
        if found:
            raise ValidationError({"content": [f"{each.text}{each.mend}" for each in found]})

    @property
    def layout(self) -> layout.Layout:
        return layout.read(self.code, self.content)


class ProofField(models.Model):
    """A field of proofs, and the departments that vouch for it: what they filed is what is told (信用代证)."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("领域", max_length=30)
    departments = models.ManyToManyField(Department, verbose_name="证明单位", related_name="+")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项报告领域"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="proof_field_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stated(self) -> Field:
        """As a proof speaks of it."""
        return Field(self.code, self.name, tuple(each.name for each in self.departments.all()))


class ReportPurpose(models.Model):
    """What reports are asked for, each with a plain sentence (哈政办规〔2020〕12号 no. 28)."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20)
    sentence = models.CharField("说明", max_length=100)
    is_active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "报告用途"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


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
        ]

    def __str__(self) -> str:
        return self.number

    def state_on(self, on: date) -> State:
        """Where it stands on a day."""
        return state_on(on, valid_until=self.valid_until, disposed_on=self.disposed_on)

    def word_on(self, on: date) -> tuple[str, str]:
        """The word of its state on a day and its tone."""
        state = self.state_on(on)
        return LABELS[state], TONES[state]


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
