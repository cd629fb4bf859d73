"""Merges of duplicate subjects: proposed by one person, decided by another, reversible."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from records.models.subjects import Subject
from records.rules import MergeState


class MergeCase(models.Model):
    """Two subjects that are one. `moved` keeps what went over, so that the merge can be reversed."""

    keep = models.ForeignKey(Subject, verbose_name="保留主体", on_delete=models.PROTECT, related_name="merges_kept")
    drop = models.ForeignKey(Subject, verbose_name="并入主体", on_delete=models.PROTECT, related_name="merges_dropped")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[("proposed", "待复核"), ("merged", "已合并"), ("declined", "未通过"), ("reversed", "已还原")],
        default=MergeState.PROPOSED.value,
    )
    reason = models.CharField("理由", max_length=500)
    # What says that two valid codes are one subject (换码、登记机关更正): without it such a merge is neither proposed nor decided.
    document_number = models.CharField("证明文书号", max_length=128, blank=True)
    document_issuer = models.CharField("出具机关", max_length=200, blank=True)
    document_on = models.DateField("文书日期", null=True, blank=True)
    moved = models.JSONField("移动的数据", default=dict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="复核人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    decision_note = models.CharField("复核意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "主体合并"
        verbose_name_plural = "主体合并"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(keep=F("drop")), name="merge_of_two_subjects"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="merge_by_two_people"
            ),
            models.UniqueConstraint(
                fields=["drop"], condition=Q(state="proposed"), name="merge_one_open_case_per_subject"
            ),
        ]

    @property
    def has_document(self) -> bool:
        """Whether a document says that the two are one."""
        return bool(self.document_number and self.document_issuer and self.document_on)

    def __str__(self) -> str:
        return f"合并 {self.drop_id} → {self.keep_id}"
