"""The review of queries: what the queue of the auditors holds, and the values that its rules take."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.editions.models import DatedQuerySet
from credit_platform.labels import choices
from lookups.models.register import Query
from lookups.rules.reviewing import (
    GROUND_LABELS,
    PROPOSED,
    REVIEW_LABELS,
    REVIEW_TONES,
    Ground,
    Limits,
    ReviewState,
)
from records.models import Subject


class ReviewLimitsQuerySet(DatedQuerySet["ReviewLimits"]):
    """Limits by the day of the query."""


class ReviewLimits(models.Model):
    """From which values a query is pointed at; another value is another row, from its day on."""

    opens = models.TimeField("工作时间起")
    closes = models.TimeField("工作时间止")
    most_a_day = models.PositiveIntegerField("每人每日查询次数上限")
    most_units = models.PositiveSmallIntegerField("查询同一自然人的单位数（达到即提示）")
    unit_days = models.PositiveSmallIntegerField("统计天数（日历日）")
    drawn = models.PositiveSmallIntegerField("每日随机抽取件数")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = ReviewLimitsQuerySet.as_manager()

    class Meta:
        verbose_name = "查询审查参数"
        verbose_name_plural = "查询审查参数"
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["valid_until"],
                condition=Q(valid_until__isnull=True),
                nulls_distinct=False,
                name="lookup_limits_one_now",
            ),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="lookup_limits_hours"),
            models.CheckConstraint(
                condition=Q(most_a_day__gte=1) & Q(most_units__gte=2) & Q(unit_days__gte=1),
                name="lookup_limits_at_least",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"

    @property
    def limits(self) -> Limits:
        """As the rules take them."""
        return Limits(self.opens, self.closes, self.most_a_day, self.most_units, self.unit_days)


class NotableQuerySet(DatedQuerySet["Notable"]):
    """Subjects by the day of the query."""


class Notable(models.Model):
    """A subject whose queries are looked at one by one, because many are curious about it. The list is not public."""

    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("截止日期", null=True, blank=True)

    objects = NotableQuerySet.as_manager()

    class Meta:
        verbose_name = "重点关注对象"
        verbose_name_plural = "重点关注对象"
        ordering: ClassVar = ["-valid_from", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(valid_until__isnull=True), name="lookup_notable_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}"


class DailySample(models.Model):
    """The queries of a day that chance chose. Append-only.

    Drawn by HRB-SSJ-1 over the numbers of all queries of the day; the public value is the root of the first checkpoint of the audit after
    it, which holds those very queries, is signed and published, and was known to nobody before the day was over.
    """

    day = models.DateField("日期", unique=True)
    asked = models.PositiveIntegerField("当日查询数")
    size = models.PositiveSmallIntegerField("抽取数")
    checkpoint_day = models.DateField("审计检查点日期")
    root = models.CharField("公开值（检查点树根）", max_length=64)
    list_digest = models.CharField("名单摘要", max_length=64)
    seed = models.CharField("种子", max_length=64)
    drawn = models.JSONField("抽中的查询", default=list)
    made_at = models.DateTimeField("抽取时间", default=timezone.now)

    class Meta:
        verbose_name = "每日抽取"
        verbose_name_plural = "每日抽取"
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> FindingQuerySet:
        """Those that nobody has judged."""
        return self.filter(state=ReviewState.OPEN.value)

    def proposed(self) -> FindingQuerySet:
        """Those that wait for a second person."""
        return self.filter(state__in=[state.value for state in PROPOSED])

    def for_reviewer(self, user: User) -> FindingQuerySet:
        """Everybody's but one's own queries."""
        return self.exclude(query__actor_kind=user.actor_kind, query__actor_id=user.pk)


class Finding(models.Model):
    """One query in the queue, for one ground."""

    query = models.ForeignKey(Query, verbose_name="查询", on_delete=models.PROTECT, related_name="findings")
    ground = models.CharField("审查原因", max_length=12, choices=choices(GROUND_LABELS))
    sample = models.ForeignKey(
        DailySample, verbose_name="每日抽取", null=True, on_delete=models.PROTECT, related_name="findings"
    )
    state = models.CharField("状态", max_length=10, choices=choices(REVIEW_LABELS), default=ReviewState.OPEN.value)
    found_at = models.DateTimeField("提示时间", default=timezone.now)
    question = models.CharField("被查询主体的问题", max_length=500, blank=True)
    text = models.CharField("审查意见", max_length=500, blank=True)
    answer = models.CharField("对被查询主体的答复", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审查人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审查时间", null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="确认人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "查询审查"
        verbose_name_plural = "查询审查"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["-id"], name="lookup_finding_open", condition=~Q(state=ReviewState.NOTED.value))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["query", "ground"], name="lookup_finding_once"),
            models.CheckConstraint(
                condition=~Q(ground=Ground.ASKED.value) | Q(decided_by__isnull=True) | ~Q(answer=""),
                name="lookup_finding_asked_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("decided_by")),
                name="lookup_finding_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReviewState.WARNED.value, ReviewState.REFERRED.value])
                | Q(confirmed_by__isnull=False),
                name="lookup_finding_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query_id} {self.ground}"

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return REVIEW_TONES[ReviewState(self.state)]

    @property
    def is_answered(self) -> bool:
        """Whether the answer may be told: what waits for a second person is none yet."""
        return ReviewState(self.state) in (ReviewState.NOTED, ReviewState.WARNED, ReviewState.REFERRED)

    @property
    def ground_label(self) -> str:
        """Why it stands here."""
        return GROUND_LABELS[Ground(self.ground)]
