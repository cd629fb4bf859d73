"""Forms begun and not finished: kept for their author, so that a refused form loses nothing."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from credit_platform.accounts.models import Department, User


class EntryDraftQuerySet(models.QuerySet["EntryDraft"]):
    def of_author(self, user: User) -> EntryDraftQuerySet:
        """A draft belongs to who typed it, and to nobody else."""
        return self.filter(author=user)


class EntryDraft(models.Model):
    """What somebody typed so far. `data` is keyed by field code as typed; personal numbers are sealed."""

    token = models.UUIDField("表单编号", default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="录入人", on_delete=models.CASCADE, related_name="+"
    )
    department = models.ForeignKey(Department, verbose_name="录入部门", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField("数据标准", max_length=40)
    item = models.ForeignKey(
        "records.CatalogueItem",
        verbose_name="目录事项",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    data = models.JSONField("已填内容", default=dict, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = EntryDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "暂存表单"
        verbose_name_plural = "暂存表单"
        indexes: ClassVar = [models.Index(fields=["author", "-updated_at"], name="entry_draft_of_author")]

    def __str__(self) -> str:
        return f"暂存{self.pk}"
