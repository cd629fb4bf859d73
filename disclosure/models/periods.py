"""Publication periods as data: rule sets with dates in force, classes, and thresholds of fines (R1 to R3)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from credit_platform.editions.models import DatedQuerySet
from records.models import SubjectKind

STARTS = [("decision", "决定之日"), ("publication", "公示之日")]


class RuleSetQuerySet(DatedQuerySet["RuleSet"]):
    """Rule sets by the day on which they hold."""


class RuleSet(models.Model):
    """A normative document on publishing and repairing dishonest records, with the switches its text leaves open."""

    code = models.CharField("代号", max_length=10, unique=True)
    name = models.CharField("名称", max_length=200)
    basis = models.CharField("文件", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)
    period_start = models.CharField("公示期起算", max_length=12, choices=STARTS)
    channel = models.CharField(
        "公示渠道",
        max_length=8,
        choices=[("credit", "信用网站"), ("market", "企业信用信息公示系统"), ("list", "失信主体名单")],
        default="credit",
        db_default="credit",
        help_text="本平台的公示期按“信用网站”的规则；其他渠道的日期只作并列提示。",
    )
    organ_word = models.CharField(
        "适用机关",
        max_length=40,
        blank=True,
        db_default="",
        help_text="只适用于名称含有该词的机关，例如“市场监督管理”；留空不限。",
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
    name = models.CharField(
        "类别简称",
        max_length=30,
        blank=True,
        db_default="",
        help_text="核对公示期的表格（explain_periods）用它指明类别。",
    )
    penalty_kinds = ArrayField(models.CharField(max_length=40), verbose_name="处罚类别", default=list, blank=True)
    domains = ArrayField(models.CharField(max_length=40), verbose_name="领域", default=list, blank=True)
    procedure = models.CharField("处罚程序", max_length=10, blank=True)
    min_months = models.PositiveIntegerField("最短公示月数", null=True, blank=True)
    max_months = models.PositiveIntegerField("最长公示月数", null=True, blank=True)
    start_kind = models.CharField(
        "起算", max_length=12, choices=STARTS, blank=True, db_default="", help_text="留空按所属规则的起算。"
    )
    end_kind = models.CharField(
        "截止",
        max_length=10,
        choices=[
            ("maximum", "最长期限届满"),
            ("validity", "有效期届满"),
            ("ban", "最长期限届满，附带期限更长的至其届满"),
        ],
        default="maximum",
        db_default="maximum",
    )
    min_from = models.CharField(
        "最短期起算",
        max_length=10,
        choices=[("start", "与公示期相同"), ("performed", "履行、纠正之日")],
        default="start",
        db_default="start",
    )
    unperformed_at_max = models.CharField(
        "期满未履行",
        max_length=4,
        choices=[("stop", "停止公示"), ("keep", "继续公示至履行")],
        default="stop",
        db_default="stop",
        help_text="最长公示期届满自动停止；行业主管部门对本领域另有规定的，才选“继续公示至履行”，并在依据中写明。",
    )
    fixed = models.BooleanField(
        "不得认定为较轻类别",
        default=False,
        db_default=False,
        help_text="规定直接列明的处罚类别：机关填写较轻的失信严重程度不予采用。",
    )
    valid_from = models.DateField("生效日期", null=True, blank=True, help_text="留空与所属规则相同。")
    valid_until = models.DateField("失效日期", null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="period_rule_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set.code} {self.label}"


class FineThreshold(models.Model):
    """From which fine on a class holds, by domain and kind of subject. No row: the deciding authority states the class."""

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


class SimpleProcedureLimit(models.Model):
    """What the simple procedure can decide at most (行政处罚法 art. 51): kinds of penalty and amount, by kind of subject and date."""

    subject_kind = models.CharField(
        "主体类别", max_length=12, blank=True, choices=SubjectKind.choices, help_text="留空表示不限主体类别。"
    )
    penalty_kinds = ArrayField(models.CharField(max_length=40), verbose_name="可用的处罚类别", default=list)
    amount_yuan = models.PositiveIntegerField("罚款不超过（元）")
    valid_from = models.DateField("生效日期", help_text="按处罚决定日期适用。")
    valid_until = models.DateField("失效日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "简易程序适用范围"
        verbose_name_plural = "简易程序适用范围"
        ordering: ClassVar = ["valid_from", "subject_kind"]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display() or '不限主体类别'}：{'、'.join(self.penalty_kinds)}，罚款≤{self.amount_yuan}元"
