"""What somebody said that makes an item lighter than its kinds of penalty do, or takes it from the public, and who confirmed it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import Department
from disclosure.models.disclosures import Disclosure


class LoweringQuerySet(models.QuerySet["Lowering"]):
    def waiting(self) -> LoweringQuerySet:
        """Those that a second person has still to confirm."""
        return self.filter(state=Lowering.State.WAITING)

    def in_effect(self) -> LoweringQuerySet:
        """Those that hold or could hold: said and not yet decided, confirmed, or barred by law as long as the record says it."""
        return self.filter(state__in=(Lowering.State.WAITING, Lowering.State.CONFIRMED, Lowering.State.BARRED))


class Lowering(models.Model):
    """One such act. It is final only when another person has confirmed it; until then the item awaits review, or is hidden for the time
    being when it was public and its decision is said to be revoked."""

    class What(models.TextChoices):
        CLASS = "class", "失信严重程度"
        PROCEDURE = "procedure", "简易程序"
        EXEMPTION = "exemption", "依法不公示"
        REVOCATION = "revocation", "原决定撤销"

    class State(models.TextChoices):
        WAITING = "waiting", "待确认"
        CONFIRMED = "confirmed", "已确认"
        DENIED = "denied", "不予确认"
        BARRED = "barred", "依法不予采用"
        VOID = "void", "已失效"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="lowerings")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField("事由", max_length=10, choices=What.choices)
    text = models.CharField("内容", max_length=300)
    reason = models.CharField("依据、理由", max_length=500, blank=True)
    annulled_on = models.DateField("原决定撤销日期", null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    said_by_name = models.CharField("提出人", max_length=200)
    said_at = models.DateTimeField("提出时间", default=timezone.now)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING.value)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    note = models.CharField("确认意见", max_length=500, blank=True)

    objects = LoweringQuerySet.as_manager()

    class Meta:
        verbose_name = "较轻认定、不公示、撤销"
        verbose_name_plural = "较轻认定、不公示、撤销"
        indexes: ClassVar = [
            models.Index(fields=["department", "-id"], name="lowering_of_department"),
            models.Index(fields=["department", "id"], name="lowering_waiting", condition=Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure"], name="lowering_one_waits", condition=Q(state="waiting")),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(said_by__isnull=True) | ~Q(decided_by=F("said_by")),
                name="lowering_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="lowering_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(what="revocation") | Q(annulled_on__isnull=False), name="lowering_revocation_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}：{self.text}"[:200]

    @property
    def is_revocation(self) -> bool:
        """Whether the decision itself is said to be revoked."""
        return self.what == self.What.REVOCATION

    @property
    def due_on(self) -> date | None:
        """Until when a second person is asked: 3 working days for a revoked decision, else the day on which the item falls due."""
        return self.disclosure.withdraw_due_on if self.is_revocation else self.disclosure.due_on

    @property
    def tone(self) -> str:
        """How its state is coloured; the word stands beside it."""
        return {"waiting": "warn", "confirmed": "neutral", "barred": "serious"}.get(self.state, "neutral")
