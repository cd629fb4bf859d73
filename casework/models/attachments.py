"""Attachments: files of a case, encrypted at rest, looked at only on the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from casework.models.cases import Case


class StoredFile(models.Model):
    """One file; `path` lies in the vault (`credit_platform.vault`). Whoever keeps files beside rows of its own derives its table from this."""

    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=60)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    path = models.CharField("位置", max_length=200)
    added_by = models.CharField("上传人", max_length=100)
    added_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        abstract = True
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class Attachment(StoredFile):
    """A file of a case; `role` says what it is for."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField("用途", max_length=20)

    class Meta(StoredFile.Meta):
        verbose_name = "办理附件"
        verbose_name_plural = "办理附件"
