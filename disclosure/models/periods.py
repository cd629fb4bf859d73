"""Publication periods as data: rule sets with dates in force, classes, and thresholds of fines (domain: R1 to R3)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from records.models import SubjectKind
from records.models.editions import DatedQuerySet


class RuleSetQuerySet(DatedQuerySet["RuleSet"]):
    """Rule sets by the day on which they hold."""


class RuleSet(models.Model):
    """A normative document on publishing and repairing dishonest records, with the switches its text leaves open."""

    code = models.CharField("代号", max_length=10, unique=True)
    name = models.CharField("名称", max_length=200)
    basis = models.CharField("文件", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)
    period_start = models.CharField(
        "公示期起算", max_length=12, choices=[("decision", "决定之日"), ("publication", "公示之日")]
    )
    ends_when = models.CharField(
        "期满终止条件",
        max_length=24,
        choices=[("expired", "期满即止"), ("expired_and_performed", "期满且已履行、纠正")],
    )
    certainty = models.CharField("依据确定程度", max_length=200, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "公示期规则"
        verbose_name_plural = "公示期规则"
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="rule_set_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PeriodRule(models.Model):
    """How long a class is shown under a rule set, and what puts a record into it. Lower `priority` is asked first."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="periods")
    kind = models.CharField("信息种类", max_length=24, help_text="permit、penalty 或 act-… ")
    severity = models.CharField("类别", max_length=10, blank=True)
    label = models.CharField("类别名称", max_length=40)
    penalty_kinds = ArrayField(models.CharField(max_length=40), verbose_name="处罚类别", default=list, blank=True)
    domains = ArrayField(models.CharField(max_length=40), verbose_name="领域", default=list, blank=True)
    procedure = models.CharField("处罚程序", max_length=10, blank=True)
    min_months = models.PositiveIntegerField("最短公示月数", null=True, blank=True)
    max_months = models.PositiveIntegerField("最长公示月数", null=True, blank=True)
    until_valid = models.BooleanField("公示至有效期届满", default=False)
    published = models.BooleanField("是否公示", default=True)
    repairable = models.BooleanField("可修复", default=True)
    priority = models.PositiveIntegerField("次序", default=100)
    basis = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "公示期类别"
        verbose_name_plural = "公示期类别"
        ordering: ClassVar = ["rule_set", "kind", "priority"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(min_months__isnull=True) | Q(max_months__isnull=True) | Q(max_months__gte=F("min_months")),
                name="period_rule_months",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_set.code} {self.label}"


class FineThreshold(models.Model):
    """From which fine on a class holds, by domain and kind of subject. No row: the deciding organ states the class."""

    domain = models.CharField("领域", max_length=40, blank=True, help_text="留空表示不限领域。")
    subject_kind = models.CharField(
        "主体类别", max_length=12, blank=True, choices=SubjectKind.choices, help_text="留空表示不限主体类别。"
    )
    severity = models.CharField("类别", max_length=10, choices=[(name, name) for name in ("轻微", "一般", "严重")])
    amount_wan = models.DecimalField("罚款金额（万元）达到", max_digits=18, decimal_places=6)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "罚款数额标准"
        verbose_name_plural = "罚款数额标准"

    def __str__(self) -> str:
        return f"{self.domain} {self.severity} ≥{self.amount_wan}万元"
