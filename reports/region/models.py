"""Who issues reports in another region, and the reports of others that were handed in."""

from __future__ import annotations

from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.models import Department, User
from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices
from records.models import Subject
from reports.models.layouts import ReportLayout
from reports.region.rules import SEAL_LABELS, SEAL_TONES, Seal


class ReportIssuerQuerySet(DatedQuerySet["ReportIssuer"]):
    """Issuers by the day on which they are recognised."""


class ReportIssuer(models.Model):
    """A platform of another region: where its reports are checked, with which certificate it seals, in which layout it reports."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("出具单位", max_length=100)
    region = models.CharField("地区", max_length=40)
    verify_at = models.URLField(
        "核对网址", max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    certificate = models.TextField(
        "签章证书（PEM）", blank=True, help_text="由出具单位正式提供。没有的留空，其报告不会显示为签章有效。"
    )
    fingerprint = models.CharField("证书指纹（SHA-256）", max_length=64, blank=True, editable=False)
    layout = models.ForeignKey(
        ReportLayout, verbose_name="版式", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = ReportIssuerQuerySet.as_manager()

    class Meta:
        db_table = "reports_issuer"
        verbose_name = verbose_name_plural = "异地出具单位"
        ordering: ClassVar = ["region", "code"]
        constraints: ClassVar = [
            days_in_order("report_issuer_in_order"),
            models.CheckConstraint(
                condition=Q(certificate="", fingerprint="") | (~Q(certificate="") & ~Q(fingerprint="")),
                name="report_issuer_has_its_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.name}"

    def clean(self) -> None:
        """A certificate that cannot be read recognises nothing."""
        self.fingerprint = self.certificate and self._fingerprint()

    def _fingerprint(self) -> str:
        try:
            return x509.load_pem_x509_certificate(self.certificate.encode()).fingerprint(hashes.SHA256()).hex()
        except ValueError as error:
            raise ValidationError(
                {"certificate": "不是 PEM 格式的证书，请粘贴 BEGIN CERTIFICATE 起的全文。"}
            ) from error


class ForeignReportQuerySet(models.QuerySet["ForeignReport"]):
    def visible_to(self, user: User, *, everywhere: bool) -> ForeignReportQuerySet:
        """What one's own department took in; all of them for who may see the whole city."""
        return self if everywhere else self.filter(department=user.department)


class ForeignReport(models.Model):
    """A report of another region as it was handed in: the file in the vault, and what was told of it on that day; only its disposal changes it."""

    number = models.CharField("登记编号", max_length=20, unique=True)
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(
        ReportIssuer, verbose_name="出具单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    matter = models.CharField("事项", max_length=100)
    case_number = models.CharField("办件编号", max_length=60)
    department = models.ForeignKey(
        Department, verbose_name="登记单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("登记时间", default=timezone.now)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    path = models.CharField("位置", max_length=200, blank=True)
    pages = models.PositiveIntegerField("页数")
    seal = models.CharField("签章", max_length=12, choices=choices(SEAL_LABELS))
    signer = models.CharField("签章人", max_length=300, blank=True)
    findings = models.JSONField("核验情况", default=list)
    twin = models.JSONField("数据文件", null=True, blank=True)
    disposed_on = models.DateField("销毁日期", null=True, blank=True)

    objects = ForeignReportQuerySet.as_manager()

    class Meta:
        db_table = "reports_foreign"
        verbose_name = verbose_name_plural = "异地信用报告"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-id"], name="report_foreign_of_subject"),
            models.Index(fields=["department", "-id"], name="report_foreign_of_department"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True) ^ Q(path=""), name="report_foreign_disposed_has_no_file"
            ),
            models.CheckConstraint(
                condition=~Q(seal=Seal.KNOWN.value) | Q(issuer__isnull=False),
                name="report_foreign_known_has_its_issuer",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def seal_tone(self) -> str:
        """The tone of the state of its seal."""
        return SEAL_TONES[Seal(self.seal)]
