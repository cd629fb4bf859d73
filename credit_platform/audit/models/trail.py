"""What was done and what was looked at, chained by hash; and the old versions of every sensitive row.

Nothing here points at another app's table: entries outlive the people and objects they speak of.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from credit_platform.audit import former


class Kind(models.TextChoices):
    """An act changed something; a look showed non-public data."""

    ACT = "act", "操作"
    LOOK = "look", "查看"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, obj: models.Model) -> AuditEntryQuerySet:
        """Entries about one object, newest first, also those from before its table moved."""
        return self.filter(object_type__in=former.names(obj._meta.label_lower), object_id=str(obj.pk)).order_by("-id")

    def unsealed(self) -> AuditEntryQuerySet:
        """Entries that the chain does not hold yet."""
        return self.filter(seal__isnull=True)

    def unsealed_since(self, moment: datetime) -> AuditEntryQuerySet:
        """Entries older than a moment that the chain still does not hold."""
        return self.unsealed().filter(at__lt=moment)


class AuditEntry(models.Model):
    """One deliberate act or one look at non-public data. Append-only by trigger."""

    at = models.DateTimeField("时间", db_default=Now())
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.ACT)
    verb = models.CharField("动作", max_length=80)
    actor_kind = models.CharField("主体类别", max_length=16)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=200)
    department_id = models.BigIntegerField("操作人部门", null=True)
    unit_id = models.BigIntegerField("对象所属部门", null=True)
    object_type = models.CharField("对象类别", max_length=100, blank=True)
    object_id = models.TextField("对象编号", blank=True)
    object_label = models.TextField("对象", blank=True)
    before = models.JSONField("变更前", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("变更后", null=True, encoder=DjangoJSONEncoder)
    detail = models.JSONField("补充信息", null=True, encoder=DjangoJSONEncoder)
    members = models.JSONField("批量对象", null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)
    basis = models.TextField("依据", blank=True)
    purpose = models.TextField("查询事由", blank=True)
    results = models.PositiveIntegerField("结果数", null=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    ip = models.CharField("来源地址", max_length=45, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        db_table = "audit_entry"
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["object_type", "object_id", "id"], name="audit_entry_by_object"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="audit_entry_by_actor"),
            models.Index(
                fields=["verb", "id"], name="audit_entry_by_verb_start", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
            models.Index(
                fields=["object_label", "id"], name="audit_entry_by_label", opclasses=["text_pattern_ops", "int8_ops"]
            ),
            BrinIndex(fields=["at"], name="audit_entry_by_time", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.object_label}"


class AuditPending(models.Model):
    """Entries that wait for the sealer; filled by a trigger on `audit_entry`."""

    entry = models.OneToOneField(
        AuditEntry, primary_key=True, on_delete=models.DO_NOTHING, related_name="pending", db_constraint=False
    )

    class Meta:
        db_table = "audit_pending"
        verbose_name = "待入链记录"
        verbose_name_plural = "待入链记录"

    def __str__(self) -> str:
        return str(self.pk)


class AuditSeal(models.Model):
    """One link of the chain. Append-only by trigger; a break is found by `verify_audit`."""

    seq = models.BigIntegerField("链序号", primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    prev_hash = models.CharField("前一环", max_length=64)
    hash = models.CharField("本环", max_length=64)
    algorithm = models.CharField("算法", max_length=8, default="sha256")
    scheme = models.PositiveSmallIntegerField("序列化版本", default=1)
    sealed_at = models.DateTimeField("入链时间", db_default=Now())

    class Meta:
        db_table = "audit_seal"
        verbose_name = "审计链环"
        verbose_name_plural = "审计链环"
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seq__gt=0), name="audit_seal_counts_from_one"),
            # Two links can never hang on the same one: a fork of the chain is refused by the table itself.
            models.UniqueConstraint(fields=["prev_hash"], name="audit_seal_has_no_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class AuditHistoryQuerySet(models.QuerySet["AuditHistory"]):
    def of(self, table: str, pk: object) -> AuditHistoryQuerySet:
        """Old versions of one row, newest first."""
        return self.filter(table_name__in=former.tables(table), row_pk=str(pk)).order_by("-id")

    def without_actor(self) -> AuditHistoryQuerySet:
        """Changes made past the application: nobody had said who acts."""
        return self.filter(actor_kind="")


class AuditHistory(models.Model):
    """An old version of a row of a sensitive table, written by trigger only. Append-only."""

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField("表", max_length=63)
    row_pk = models.TextField("主键")
    op = models.CharField("操作", max_length=8)
    old = models.JSONField("原值", null=True)
    at = models.DateTimeField("时间", db_default=Now())
    actor_kind = models.CharField("主体类别", max_length=16, blank=True)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=200, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    db_user = models.CharField("数据库用户", max_length=63, blank=True)
    txid = models.BigIntegerField("事务编号")

    objects = AuditHistoryQuerySet.as_manager()

    class Meta:
        db_table = "audit_history"
        verbose_name = "历史版本"
        verbose_name_plural = "历史版本"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["table_name", "row_pk", "id"], name="audit_history_by_row"),
            models.Index(fields=["id"], condition=Q(actor_kind=""), name="audit_history_without_actor"),
            BrinIndex(fields=["at"], name="audit_history_by_time", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.table_name}#{self.row_pk} {self.op}"
