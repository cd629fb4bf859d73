"""The ledger: everything that is said about a subject is one CreditRecord under a catalogue item."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from records.models.batches import ImportBatch
from records.models.catalogue import CatalogueItem
from records.models.subjects import Subject
from records.rules import RECORD_STATUS_LABELS, RecordStatus


class CreditRecordQuerySet(models.QuerySet["CreditRecord"]):
    def active(self) -> CreditRecordQuerySet:
        """Records that count: entered, and neither revoked nor undone."""
        return self.filter(status=RecordStatus.ACTIVE)


class CreditRecord(models.Model):
    """One thing said about one subject. `content` holds the standard's fields by code; personal numbers sealed."""

    # Every index is paid for by every row that enters. A key gets none of its own where another begins with it (subject, department,
    # batch), nor for a person who is only ever read from the record.
    subject = models.ForeignKey(
        Subject, verbose_name="信用主体", on_delete=models.PROTECT, related_name="records", db_index=False
    )
    item = models.ForeignKey(CatalogueItem, verbose_name="目录事项", on_delete=models.PROTECT, related_name="records")
    kind = models.CharField("信息种类", max_length=24)
    standard = models.CharField("数据标准", max_length=40)
    authority = models.ForeignKey(Department, verbose_name="决定机关", on_delete=models.PROTECT, related_name="+")
    authority_name = models.CharField("决定机关（决定时名称）", max_length=200)
    source_department = models.ForeignKey(
        Department, verbose_name="数据来源单位", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField("事项", max_length=300, blank=True)
    document_number = models.CharField("文书号", max_length=128)
    document_key = models.CharField("文书号（比对用）", max_length=128)
    decided_on = models.DateField("决定日期")
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    content = models.JSONField("内容", default=dict)
    content_hash = models.CharField("内容摘要", max_length=32)
    warnings = models.JSONField("提示", default=list, blank=True)
    status = models.CharField(
        "状态",
        max_length=10,
        choices=choices(RECORD_STATUS_LABELS),
        default=RecordStatus.ACTIVE.value,
    )
    version = models.PositiveIntegerField("版本", default=1)
    batch = models.ForeignKey(
        ImportBatch,
        verbose_name="导入批次",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="records",
        db_index=False,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="录入人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    first_arrived_at = models.DateTimeField("首次报送时间", default=timezone.now)
    first_compliant_at = models.DateTimeField("首次合规报送时间", null=True, blank=True)
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    revoked_reason = models.CharField("撤销原因", max_length=500, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name="重新作出、替代",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        db_index=False,
    )
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = CreditRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "信用记录"
        verbose_name_plural = "信用记录"
        indexes: ClassVar = [
            models.Index(fields=["subject", "-decided_on", "-id"], name="record_of_subject"),
            models.Index(fields=["source_department", "-id"], name="record_of_department"),
            models.Index(fields=["document_key"], name="record_document", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["batch"], name="record_batch", condition=Q(batch__isnull=False)),
            models.Index(fields=["replaces"], name="record_replaces", condition=Q(replaces__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "item", "authority", "document_key", "decided_on"], name="record_natural_key"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="record_validity_dates",
            ),
            models.CheckConstraint(condition=Q(decided_on__gte="1949-10-01"), name="record_decided_since_1949"),
            models.CheckConstraint(
                condition=~Q(status="revoked") | Q(revoked_on__isnull=False), name="record_revoked_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number or self.title}"


class RetiredLookup(models.Model):
    """The key of fingerprints of a field key that was retired, sealed with the current one (`records.former_keys`)."""

    number = models.PositiveIntegerField("密钥编号", primary_key=True)
    token = models.BinaryField("摘要密钥（密文）")

    class Meta:
        verbose_name = "已停用的摘要密钥"
        verbose_name_plural = "已停用的摘要密钥"

    def __str__(self) -> str:
        return f"{self.number} 号"


class Arrival(models.Model):
    """When the natural key of a row was first seen, also when the row was refused (trap 47)."""

    fingerprint = models.CharField("要素摘要", max_length=64, primary_key=True)
    first_at = models.DateTimeField("首次报送时间")

    class Meta:
        verbose_name = "首次报送"
        verbose_name_plural = "首次报送"

    def __str__(self) -> str:
        return self.fingerprint
