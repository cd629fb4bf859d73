"""Rules in versions, and the back-tests that they go through before they speak."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from records.models import Subject
from supervision.alerts.rules.alerts import SEVERITY_LABELS, SEVERITY_TONES, Severity
from supervision.alerts.rules.folding import percent
from supervision.alerts.rules.ruling import (
    BACKTEST_LABELS,
    BACKTEST_TONES,
    BACKTESTS_OPEN,
    RECEIVER_LABELS,
    RULE_LABELS,
    RULE_TONES,
    BacktestState,
    Receiver,
    RuleState,
)


def _person(label: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )


class AlertRuleQuerySet(models.QuerySet["AlertRule"]):
    def speaking(self) -> AlertRuleQuerySet:
        """Versions whose firings become alerts."""
        return self.filter(state=RuleState.ACTIVE)

    def asked(self) -> AlertRuleQuerySet:
        """Versions that the night asks: those that speak, and those that run silently beside them."""
        return self.filter(state__in=(RuleState.ACTIVE, RuleState.SHADOW))

    def present(self) -> AlertRuleQuerySet:
        """Versions that are not retired."""
        return self.exclude(state=RuleState.RETIRED)

    def to_renew(self, on: date) -> AlertRuleQuerySet:
        """Versions that speak and were not renewed in time."""
        return self.speaking().filter(review_by__lt=on)


class AlertRule(models.Model):
    """One version of a rule. What it asks is `condition` with `parameters`; all numbers are of this version and never changed once it has spoken."""

    code = models.CharField("规则代号", max_length=10)
    version = models.PositiveSmallIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=100)
    condition = models.CharField("条件", max_length=24)
    parameters = models.JSONField("条件参数", default=dict, blank=True)
    window_days = models.PositiveIntegerField("观察期（天）")
    threshold = models.PositiveIntegerField("触发值")
    clear_threshold = models.PositiveIntegerField("解除值", default=0)
    severity = models.CharField("级别", max_length=8, choices=choices(SEVERITY_LABELS))
    receiver = models.CharField(
        "接收单位", max_length=8, choices=choices(RECEIVER_LABELS), default=Receiver.SOURCE.value
    )
    department = models.ForeignKey(
        Department, verbose_name="指定的单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ack_days = models.PositiveSmallIntegerField("签收时限（工作日）", default=3)
    handle_days = models.PositiveSmallIntegerField("处置时限（工作日）", default=10)
    cooldown_days = models.PositiveIntegerField("静默期（天）", default=90)
    horizon_days = models.PositiveIntegerField("验证期（天）", default=180)
    outcomes = models.JSONField("验证所用的后果", default=list)
    weekly_budget = models.PositiveSmallIntegerField("每人每周件数上限", default=10)
    false_share = models.PositiveSmallIntegerField("停用的误报占比（%）", default=50)
    false_least = models.PositiveSmallIntegerField("停用所需办结件数", default=20)
    advice = models.CharField("收到后怎样办", max_length=500)
    basis = models.CharField("参数依据", max_length=300)
    state = models.CharField("状态", max_length=12, choices=choices(RULE_LABELS), default=RuleState.DRAFT.value)
    state_why = models.CharField("状态说明", max_length=300, blank=True)
    owner = models.CharField("责任人", max_length=100, blank=True)
    review_by = models.DateField("复审期限", null=True, blank=True)
    drafted_by = _person("草拟人")
    activated_by = _person("启用人")
    activated_on = models.DateField("启用日期", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = AlertRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "预警规则"
        verbose_name_plural = "预警规则"
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="alert_rule_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="active"), name="alert_rule_one_active"),
            models.CheckConstraint(
                condition=Q(clear_threshold__lt=F("threshold")), name="alert_rule_clears_below_its_threshold"
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True) | Q(activated_by__isnull=True) | ~Q(drafted_by=F("activated_by")),
                name="alert_rule_activated_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="active")
                | Q(activated_by__isnull=False, activated_on__isnull=False, review_by__isnull=False),
                name="alert_rule_speaks_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(receiver="named") | Q(department__isnull=False), name="alert_rule_names_its_receiver"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} 第{self.version}版"

    @property
    def tone(self) -> str:
        """The colour of its state in the kit."""
        return RULE_TONES[RuleState(self.state)]

    @property
    def severity_tone(self) -> str:
        """The colour of its severity in the kit."""
        return SEVERITY_TONES[Severity(self.severity)]


class BacktestQuerySet(models.QuerySet["Backtest"]):
    def open(self) -> BacktestQuerySet:
        """Back-tests that wait or run."""
        return self.filter(state__in=BACKTESTS_OPEN)

    def done(self) -> BacktestQuerySet:
        """Those that came to their end."""
        return self.filter(state=BacktestState.DONE)


class Backtest(models.Model):
    """A version of a rule replayed day by day over a period, with what was known then. It raises nothing and tells nobody."""

    rule = models.ForeignKey(AlertRule, verbose_name="规则", on_delete=models.PROTECT, related_name="backtests")
    first = models.DateField("起始日")
    last = models.DateField("截止日")
    state = models.CharField(
        "状态", max_length=10, choices=choices(BACKTEST_LABELS), default=BacktestState.WAITING.value
    )
    position = models.PositiveSmallIntegerField("已完成步数", default=0)
    total = models.PositiveSmallIntegerField("总步数", default=0)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    why = models.CharField("未完成原因", max_length=300, blank=True)
    alerts = models.PositiveIntegerField("预警件数", default=0)
    subjects = models.PositiveIntegerField("涉及主体", default=0)
    decided = models.PositiveIntegerField("验证期已满", default=0)
    followed = models.PositiveIntegerField("其后发生后果", default=0)
    outcomes = models.PositiveIntegerField("后果件数", default=0)
    foreseen = models.PositiveIntegerField("事先预警到的后果", default=0)
    lead_days = models.FloatField("提前天数中位数", null=True, blank=True)
    weekly = models.FloatField("每人每周件数", null=True, blank=True)
    ordered_by = _person("提交人")
    ordered_at = models.DateTimeField("提交时间", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = BacktestQuerySet.as_manager()

    class Meta:
        verbose_name = "规则回测"
        verbose_name_plural = "规则回测"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="backtest_days_in_order"),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(state__in=["waiting", "running"]), name="backtest_one_a_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.first}—{self.last}"

    @property
    def tone(self) -> str:
        """The colour of its state in the kit."""
        return BACKTEST_TONES[BacktestState(self.state)]

    @property
    def precision(self) -> float | None:
        """In per cent; None where no horizon is over."""
        return percent(self.followed, self.decided)

    @property
    def recall(self) -> float | None:
        """In per cent; None where there was no outcome."""
        return percent(self.foreseen, self.outcomes)


class Firing(models.Model):
    """What a rule would have said: in a back-test, or silently at night (shadow). It is no alert and nobody is told."""

    rule = models.ForeignKey(AlertRule, verbose_name="规则", on_delete=models.PROTECT, related_name="firings")
    backtest = models.ForeignKey(
        Backtest, verbose_name="回测", null=True, blank=True, on_delete=models.CASCADE, related_name="firings"
    )
    subject = models.ForeignKey(
        Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField("日期")
    level = models.PositiveIntegerField("数值")
    ended_on = models.DateField("情形消失日期", null=True, blank=True)

    class Meta:
        verbose_name = "试运行结果"
        verbose_name_plural = "试运行结果"
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [models.Index(fields=["rule", "-on", "-id"], name="firing_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "subject"],
                condition=Q(backtest__isnull=True, ended_on__isnull=True),
                name="firing_one_open_in_shadow",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.on}"


class Miss(models.Model):
    """One of the gravest outcomes that a back-test would not have foreseen."""

    backtest = models.ForeignKey(Backtest, on_delete=models.CASCADE, related_name="misses")
    subject = models.ForeignKey(
        Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField("发生日期")
    what = models.CharField("后果", max_length=300)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "漏报"
        verbose_name_plural = "漏报"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"
