"""A ban: who, from what, in which fields, from when, until when, by which document."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from credit_platform.labels import choices
from records.models import Subject
from records.queries.search import merged_with
from sanctions.bans.rules import EVERYWHERE, SCOPE_LABELS, State
from sanctions.lists.models import ListEntry


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self, on: date) -> BanQuerySet:
        """Bans that hold on a day: confirmed, begun, their last day included, not lifted by then."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=on),
            Q(lifted_on__isnull=True) | Q(lifted_on__gt=on),
            case__state__in=(State.STANDING, State.LIFTED),
            starts_on__lte=on,
        )

    def of(self, subject: Subject) -> BanQuerySet:
        """Bans of a subject, and of those that were merged into it."""
        return self.filter(case__subject_id__in=merged_with(subject))

    def in_fields(self, codes: Collection[str]) -> BanQuerySet:
        """Bans that hold in one of these fields, and those that hold in every matter."""
        return self.filter(fields__overlap=[EVERYWHERE, *codes])


class Ban(models.Model):
    """One ban of one subject; `until` is empty where it is for life."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="ban")
    scope = models.CharField("种类", max_length=10, choices=choices(SCOPE_LABELS))
    fields = ArrayField(models.CharField(max_length=40), verbose_name="领域", default=list)
    words = models.TextField("禁入内容")
    basis = models.CharField("依据", max_length=300)
    document_number = models.CharField("决定文书号", max_length=128)
    decided_on = models.DateField("决定日期")
    starts_on = models.DateField("起始日期")
    until = models.DateField("截止日期", null=True, blank=True, help_text="留空为终身。")
    entry = models.ForeignKey(
        ListEntry, verbose_name="所附的名单条目", null=True, blank=True, on_delete=models.PROTECT, related_name="bans"
    )
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lifted_document = models.CharField("解除文书号", max_length=128, blank=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = "市场和行业禁入"
        verbose_name_plural = "市场和行业禁入"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [GinIndex(fields=["fields"], name="ban_fields")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")), name="ban_ends_after_its_start"
            ),
            models.CheckConstraint(condition=Q(starts_on__gte=F("decided_on")), name="ban_starts_when_decided"),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | ~Q(lifted_document=""), name="ban_lifted_by_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.document_number}"

    @property
    def last_words(self) -> str:
        """Until when, in words."""
        return f"{self.until:%Y-%m-%d}" if self.until else "终身"
