"""Reviews of letters (履约复核)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models import Draw
from commitments.letters.models.letters import CommitmentLetter
from commitments.rules.kinds import REVIEW_KIND_LABELS
from commitments.rules.states import ASSESSED, FULFILMENT_LABELS, REVIEW_LABELS, ReviewState
from credit_platform.accounts.models import Department
from credit_platform.labels import choices


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        """Reviews that somebody must still do."""
        return self.filter(state=ReviewState.OPEN)

    def overdue(self, on: date) -> ReviewQuerySet:
        """Open reviews whose day has passed."""
        return self.open().filter(due_on__lt=on)


class Review(models.Model):
    """One look at one letter, due on a day. A letter has at most one open review."""

    letter = models.ForeignKey(
        CommitmentLetter, verbose_name="承诺书", on_delete=models.PROTECT, related_name="reviews"
    )
    department = models.ForeignKey(Department, verbose_name="复核单位", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("复核种类", max_length=10, choices=choices(REVIEW_KIND_LABELS))
    due_on = models.DateField("复核期限")
    state = models.CharField("状态", max_length=6, choices=choices(REVIEW_LABELS), default=ReviewState.OPEN.value)
    draw = models.ForeignKey(
        Draw, verbose_name="随机抽查", null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    outcome = models.CharField(
        "复核结果",
        max_length=14,
        blank=True,
        choices=[(state.value, FULFILMENT_LABELS[state]) for state in ASSESSED],
    )
    method = models.CharField("核查方式", max_length=100, blank=True)
    finding = models.TextField("核查情况", blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_on = models.DateField("完成日期", null=True, blank=True)
    escalated_on = models.DateField("提请督办日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "履约复核"
        verbose_name_plural = "履约复核"
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["department", "due_on", "id"], name="review_open_of_department", condition=Q(state="open")
            ),
            models.Index(fields=["due_on", "id"], name="review_open", condition=Q(state="open")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter"], condition=Q(state="open"), name="review_one_open_a_letter"),
            # What was void may come again (a record revived), and a letter may be drawn twice.
            models.UniqueConstraint(
                fields=["letter", "kind", "due_on"],
                condition=~Q(state="void") & Q(kind__in=["first", "periodic", "shortfall"]),
                name="review_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(outcome="") & Q(done_on__isnull=False) & Q(reviewer__isnull=False)),
                name="review_done_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_kind_display()}"
