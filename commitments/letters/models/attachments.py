"""Attachments: files that belong to a letter or a review, encrypted at rest; those of a case are the kit's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commitments.letters.models.letters import CommitmentLetter
from commitments.reviews.models import Review

OWNERS = ("letter", "review")


def _only(owner: str) -> Q:
    condition = Q(**{f"{owner}__isnull": False})
    for other in OWNERS:
        if other != owner:
            condition &= Q(**{f"{other}__isnull": True})
    return condition


class Attachment(models.Model):
    """One file; `path` lies in the private media (`credit_platform.vault`), `role` says what it is for."""

    letter = models.ForeignKey(
        CommitmentLetter, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    role = models.CharField("用途", max_length=20)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=60)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("摘要", max_length=64)
    path = models.CharField("位置", max_length=200)
    added_by = models.CharField("上传人", max_length=100)
    added_at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        db_table = "commitments_paper"
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar = ["added_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_only("letter") | _only("review"),
                name="paper_belongs_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.name
