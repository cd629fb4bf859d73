"""What a case of breach holds beside the case itself: the letter, the kind, the facts, the measures and the bar that follow."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from casework.models import Case
from commitments.breaches.rules import SOURCE_LABELS, BreachState, Source
from commitments.letters.models.letters import CommitmentLetter
from commitments.lists.models import Measure
from commitments.reviews.models import Review
from commitments.rules.kinds import BREACH_KIND_LABELS
from credit_platform.labels import choices


class BreachCaseQuerySet(models.QuerySet["BreachCase"]):
    def open(self) -> BreachCaseQuerySet:
        """Cases that are not closed."""
        return self.filter(is_open=True)

    def decided(self) -> BreachCaseQuerySet:
        """Cases whose decision holds."""
        return self.filter(case__state=BreachState.DECIDED)

    def barring(self, on: date) -> BreachCaseQuerySet:
        """Decided cases whose bar from 告知承诺 holds on a day (its last day included)."""
        return self.decided().filter(barred_until__isnull=False, barred_until__gte=on)


class BreachCase(models.Model):
    """One case; a letter has at most one open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="breachcase")
    letter = models.ForeignKey(
        CommitmentLetter, verbose_name="承诺书", on_delete=models.PROTECT, related_name="breaches"
    )
    review = models.ForeignKey(
        Review, verbose_name="来源复核", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField("来源", max_length=10, choices=choices(SOURCE_LABELS), default=Source.DESK.value)
    kind = models.CharField("违诺种类", max_length=12, choices=choices(BREACH_KIND_LABELS))
    facts = models.TextField("违诺事实")
    barred_until = models.DateField("不适用告知承诺至", null=True, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    objects = BreachCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "违诺处理"
        verbose_name_plural = "违诺处理"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [
            models.Index(fields=["barred_until"], name="breach_bars", condition=Q(barred_until__isnull=False))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter"], condition=Q(is_open=True), name="breach_one_open_a_letter"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(source="shortfall"), name="breach_one_shortfall_a_letter"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class BreachMeasure(models.Model):
    """A measure that a decision takes, out of the list."""

    breach = models.ForeignKey(BreachCase, verbose_name="违诺处理", on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(Measure, verbose_name="惩戒措施", on_delete=models.PROTECT, related_name="+")
    until = models.DateField("期限至", null=True, blank=True)
    note = models.CharField("具体内容", max_length=500, blank=True)

    class Meta:
        verbose_name = "违诺措施"
        verbose_name_plural = "违诺措施"
        ordering: ClassVar = ["breach", "measure__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["breach", "measure"], name="breach_measure_once")]

    def __str__(self) -> str:
        return str(self.measure)
