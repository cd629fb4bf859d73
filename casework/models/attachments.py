"""Attachments: files of a case, encrypted at rest, looked at only on the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from casework.models.cases import Case


class Attachment(models.Model):
    """One file; `path` lies in the vault, `role` says what it is for."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField("用途", max_length=20)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=60)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    path = models.CharField("位置", max_length=200)
    added_by = models.CharField("上传人", max_length=100)
    added_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = "办理附件"
        verbose_name_plural = "办理附件"
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name
