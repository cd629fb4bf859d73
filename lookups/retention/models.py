"""How long each kind is stored, what is held back from disposal, and what was disposed of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices
from lookups.retention.rules import HOLD_LABELS, HOLD_TONES, IN_FORCE, HoldState


class RetentionRuleQuerySet(DatedQuerySet["RetentionRule"]):
    """Rules by the day on which is disposed."""


class RetentionRule(models.Model):
    """How many months something of a kind is stored; another value is another row, from its day on."""

    kind = models.CharField("种类", max_length=20)
    months = models.PositiveSmallIntegerField("保存期（月）")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        db_table = "lookups_retentionrule"
        verbose_name = verbose_name_plural = "保存期限"
        ordering: ClassVar = ["kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(valid_until__isnull=True), name="lookup_retention_one_now"
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="lookup_retention_at_least_a_month"),
            days_in_order("lookup_retention_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"


class RetentionHoldQuerySet(models.QuerySet["RetentionHold"]):
    def in_force(self) -> RetentionHoldQuerySet:
        """Holds under which nothing is disposed of."""
        return self.filter(state__in=[state.value for state in IN_FORCE])

    def waiting(self) -> RetentionHoldQuerySet:
        """Those that wait for a second person."""
        return self.filter(state__in=[HoldState.PROPOSED.value, HoldState.RELEASING.value])


class RetentionHold(models.Model):
    """Something that is not disposed of, with the reason; placed and ended by two people each."""

    kind = models.CharField("种类", max_length=20)
    number = models.CharField("编号", max_length=40)
    reason = models.CharField("理由", max_length=300)
    document = models.CharField("文书号", max_length=100)
    state = models.CharField("状态", max_length=10, choices=choices(HOLD_LABELS), default=HoldState.PROPOSED.value)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    release_reason = models.CharField("解除理由", max_length=300, blank=True)
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出解除人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认解除人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField("结束时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = RetentionHoldQuerySet.as_manager()

    class Meta:
        db_table = "lookups_retentionhold"
        verbose_name = verbose_name_plural = "保全"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(state__in=[state.value for state in IN_FORCE]),
                name="lookup_retention_held_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="lookup_retention_held_by_two",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("release_asked_by")),
                name="lookup_retention_released_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=HoldState.RELEASED.value) | Q(released_by__isnull=False),
                name="lookup_retention_released_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return HOLD_TONES[HoldState(self.state)]


class Disposal(models.Model):
    """That the content of something was destroyed, when and by which rule. Append-only."""

    kind = models.CharField("种类", max_length=20)
    number = models.CharField("编号", max_length=40)
    on = models.DateField("销毁日期")
    rule = models.CharField("依据的期限", max_length=340)

    class Meta:
        db_table = "lookups_disposal"
        verbose_name = verbose_name_plural = "销毁记录"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="lookup_disposed_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
