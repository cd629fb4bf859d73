"""Letters: what the procedure knows of a commitment beside its record in the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commitments.lists.models import Matter, MatterEntry
from commitments.rules.kinds import CHANNEL_LABELS, REVIEW_KIND_LABELS, TYPE_LABELS
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from records.models import CreditRecord, Subject

ACTIVE = Q(fulfilment__in=[each.value for each in Fulfilment if each is not Fulfilment.WITHDRAWN])


class LetterQuerySet(models.QuerySet["CommitmentLetter"]):
    def active(self) -> LetterQuerySet:
        """Letters that count: neither withdrawn nor undone."""
        return self.filter(ACTIVE)

    def shortfall_open(self) -> LetterQuerySet:
        """容缺 letters whose missing papers have not come."""
        return self.active().filter(shortfall_due_on__isnull=False, shortfall_settled_on__isnull=True)


class CommitmentLetter(models.Model):
    """One signed commitment; who said what to whom stands in `record`.

    `next_review_on` is a stored date, computed by the entry's rule; None: nothing falls due. `shortfall_due_on` is the last day
    for the missing papers of a 容缺 letter.
    """

    record = models.OneToOneField(
        CreditRecord, verbose_name="信用记录", on_delete=models.PROTECT, related_name="commitment_letter"
    )
    code = models.CharField("承诺编码", max_length=128)
    subject = models.ForeignKey(Subject, verbose_name="承诺主体", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, verbose_name="受理单位", on_delete=models.PROTECT, related_name="+")
    district = models.CharField("区划", max_length=6, blank=True)
    matter = models.ForeignKey(
        Matter, verbose_name="承诺事项", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    entry = models.ForeignKey(
        MatterEntry, verbose_name="清单条目", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    commitment_type = models.CharField("承诺类型", max_length=12, choices=choices(TYPE_LABELS))
    channel = models.CharField("归集方式", max_length=8, choices=choices(CHANNEL_LABELS))
    made_on = models.DateField("承诺日期")
    valid_until = models.DateField("承诺有效期至", null=True, blank=True)
    fulfilment = models.CharField(
        "履约状态", max_length=14, choices=choices(FULFILMENT_LABELS), default=Fulfilment.PERFORMING.value
    )
    assessed_on = models.DateField("认定日期", null=True, blank=True)
    next_review_on = models.DateField("下次复核日", null=True, blank=True)
    next_review_kind = models.CharField("下次复核种类", max_length=10, choices=choices(REVIEW_KIND_LABELS), blank=True)
    review_provisional = models.BooleanField("复核日暂定", default=False)
    shortfall_papers = models.CharField("容缺材料", max_length=500, blank=True)
    shortfall_due_on = models.DateField("补正期限", null=True, blank=True)
    shortfall_settled_on = models.DateField("补正日期", null=True, blank=True)
    created_at = models.DateTimeField("归集时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        db_table = "commitments_letter"
        verbose_name = "承诺书"
        verbose_name_plural = "承诺书"
        ordering: ClassVar = ["-made_on", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_review_on", "id"], name="letter_review_due", condition=Q(next_review_on__isnull=False)
            ),
            models.Index(
                fields=["shortfall_due_on", "id"],
                name="letter_shortfall_due",
                condition=Q(shortfall_due_on__isnull=False, shortfall_settled_on__isnull=True),
            ),
            models.Index(fields=["department", "-made_on", "-id"], name="letter_of_department"),
            models.Index(fields=["subject", "-made_on"], name="letter_of_subject"),
            models.Index(fields=["code"], name="letter_code"),
            models.Index(fields=["-made_on", "-id"], name="letter_newest"),
            # The lists narrowed to what is rare, and their counts (measured: docs/performance.md).
            models.Index(fields=["commitment_type", "-made_on", "-id"], name="letter_of_type"),
            models.Index(fields=["district", "-made_on", "-id"], name="letter_of_district"),
            models.Index(
                fields=["fulfilment", "-made_on", "-id"], name="letter_assessed", condition=~Q(fulfilment="performing")
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shortfall_settled_on__isnull=True) | Q(shortfall_due_on__isnull=False),
                name="letter_shortfall_settled_was_due",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("made_on")), name="letter_validity_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.code
