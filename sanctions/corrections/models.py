"""What a case of correction holds beside the case itself: the record that was found, what is to be corrected, the talk and what was promised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from casework.models import Case
from credit_platform.labels import choices
from records.models import CreditRecord, Subject
from records.queries.search import merged_with
from sanctions.corrections.rules import TALK_LABELS, CorrectionState, Talk


class CorrectionCaseQuerySet(models.QuerySet["CorrectionCase"]):
    def talked(self) -> CorrectionCaseQuerySet:
        """Cases whose talk was held and stands."""
        return self.filter(talk_held_on__isnull=False).exclude(case__state=CorrectionState.ANNULLED)

    def of(self, subject: Subject) -> CorrectionCaseQuerySet:
        """The cases of a subject, and of those that were merged into it."""
        return self.filter(case__subject_id__in=merged_with(subject))


class CorrectionCase(models.Model):
    """One case; of one record at most one is open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="correctioncase")
    found = models.ForeignKey(
        CreditRecord, verbose_name="认定的信息", on_delete=models.PROTECT, related_name="corrections"
    )
    facts = models.TextField("需要整改的问题")
    demands = models.TextField("整改要求和复查办法")
    order_number = models.CharField("责令整改文书号", max_length=128, blank=True)
    rechecked_on = models.DateField("复查日期", null=True, blank=True)
    recheck = models.TextField("复查情况", blank=True)
    kind = models.CharField("约谈种类", max_length=8, blank=True, choices=choices(TALK_LABELS))
    talk_on = models.DateField("约谈日期", null=True, blank=True)
    talk_at = models.CharField("约谈地点", max_length=200, blank=True)
    absences = models.PositiveSmallIntegerField("未到场次数", default=0)
    talk_held_on = models.DateField("实际约谈日期", null=True, blank=True)
    attended = models.CharField("到场人员", max_length=300, blank=True)
    minutes = models.TextField("约谈笔录", blank=True)
    promise = models.TextField("承诺事项", blank=True)
    promised_by = models.DateField("承诺整改期限", null=True, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    objects = CorrectionCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "整改和约谈"
        verbose_name_plural = "整改和约谈"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["found"], condition=Q(is_open=True), name="correction_one_open_a_record"),
            models.CheckConstraint(
                condition=Q(talk_held_on__isnull=True) | (~Q(kind="") & ~Q(minutes="") & ~Q(attended="")),
                name="correction_talk_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(promised_by__isnull=True) | Q(promised_by__gte=F("talk_held_on")),
                name="correction_promised_after_the_talk",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def talk(self) -> Talk | None:
        """Which talk it is."""
        return Talk(self.kind) if self.kind else None

    def is_late_on(self, on: date) -> bool:
        """Whether what was promised is past its day."""
        return self.promised_by is not None and self.promised_by < on
