"""Orders for many items: what was ordered, how far it has come, what became of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.models import Department, Role, User
from credit_platform.labels import choices
from disclosure.rules.bulk import BULK_LABELS, BULK_OPEN, BULK_TONES, TO_RUN, BulkState


class BulkJobQuerySet(models.QuerySet["BulkJob"]):
    def open(self) -> BulkJobQuerySet:
        """Held, waiting for a worker, or under way."""
        return self.filter(state__in=BULK_OPEN)

    def to_run(self) -> BulkJobQuerySet:
        """What a worker may take up."""
        return self.filter(state__in=TO_RUN)

    def held(self) -> BulkJobQuerySet:
        """Confirmed, and not yet published."""
        return self.filter(state=BulkState.HELD)

    def visible_to(self, user: User) -> BulkJobQuerySet:
        """The own department's; the city credit office everybody's."""
        if Role.CREDIT_OFFICE in user.roles:
            return self
        return self.filter(department_id=user.department_id) if user.department_id else self.none()


class BulkJob(models.Model):
    """One order of one person. `versions` are those of the items as they were confirmed, in the order of `items`: what changed since is
    left for a look of its own. `outcomes`: for each item done its key, whether it was done, and the lines that say why not."""

    class Verb(models.TextChoices):
        SUBMIT = "submit", "提交审核"
        APPROVE = "approve", "审核通过并公示"

    verb = models.CharField("办理", max_length=10, choices=Verb.choices)
    department = models.ForeignKey(Department, verbose_name="部门", on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", on_delete=models.PROTECT, related_name="+"
    )
    items = ArrayField(models.BigIntegerField(), verbose_name="公示事项")
    versions = ArrayField(models.PositiveIntegerField(), verbose_name="核对时的版本")
    state = models.CharField("状态", max_length=8, choices=choices(BULK_LABELS))
    held_until = models.DateTimeField("公示时间", null=True, blank=True)
    position = models.PositiveIntegerField("已处理", default=0)
    outcomes = models.JSONField("结果", default=list, blank=True)
    tries = models.PositiveSmallIntegerField("连续中断次数", default=0)
    ordered_at = models.DateTimeField("办理时间", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="停止人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stopped_why = models.CharField("停止原因", max_length=300, blank=True)

    objects = BulkJobQuerySet.as_manager()

    class Meta:
        verbose_name = "批量办理"
        verbose_name_plural = "批量办理"
        indexes: ClassVar = [
            models.Index(fields=["state", "held_until"], name="bulk_open", condition=Q(state__in=BULK_OPEN)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="bulk_held_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {len(self.items)}件"

    @property
    def total(self) -> int:
        """How many items were ordered."""
        return len(self.items)

    @property
    def done(self) -> int:
        """How many were carried out."""
        return sum(each["ok"] for each in self.outcomes)

    @property
    def failed(self) -> int:
        """How many were looked at and left."""
        return len(self.outcomes) - self.done

    @property
    def tone(self) -> str:
        """How its state is coloured."""
        return BULK_TONES.get(BulkState(self.state), "info")

    @property
    def is_open(self) -> bool:
        """Whether something of it may still be done."""
        return BulkState(self.state) in BULK_OPEN
