"""What a public face was when it was published: its hash, and that of the record behind it, under an entry of the audit trail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Face(models.Model):
    """One publication or correction of one disclosure. Append-only by trigger; the entry holds the digest over all faces written with it.

    No foreign keys: a face outlives what somebody deletes past the application, and so names it.
    """

    disclosure_id = models.BigIntegerField("公示事项")
    entry_id = models.BigIntegerField("审计记录")
    hash = models.CharField("公示内容校验值", max_length=64)
    record_version = models.PositiveIntegerField("记录版本")
    record_hash = models.CharField("记录内容校验值", max_length=64, blank=True)

    class Meta:
        verbose_name = "公示内容校验值"
        verbose_name_plural = "公示内容校验值"
        indexes: ClassVar = [
            models.Index(fields=["disclosure_id", "-id"], name="face_of_disclosure"),
            models.Index(fields=["entry_id", "disclosure_id"], name="face_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.hash}"
