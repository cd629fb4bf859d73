"""What is checked: matters of approval as the units know them; and what counts as a 重大违法记录."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet


class CheckMatterQuerySet(DatedQuerySet["CheckMatter"]):
    def required(self) -> CheckMatterQuerySet:
        """Matters for which a check must be asked before a case is decided (应查必查)."""
        return self.filter(required=True)


class CheckMatter(models.Model):
    """One matter for which may be asked. Which measures answer for it is told by the fields of matters (`sanctions.measures`): the one named here,
    and those that name its code.

    `valid_workdays`: how long an answer may be relied on, which stands in no act: a parameter of the city, with its basis, by matter and day.
    """

    code = models.CharField("事项编码", max_length=64)
    name = models.CharField("事项名称", max_length=200)
    department = models.ForeignKey(
        Department, verbose_name="办理单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField("事项领域", max_length=40, blank=True, help_text="措施清单的领域代码。")
    commitment_matter = models.CharField("承诺事项编码", max_length=40, blank=True)
    required = models.BooleanField("应查必查", default=True)
    asks_record = models.BooleanField("查重大违法记录", default=False, help_text="政府采购事项。")
    valid_workdays = models.PositiveSmallIntegerField("核查结果有效期（工作日）", default=5)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = CheckMatterQuerySet.as_manager()

    class Meta:
        verbose_name = "核查事项"
        verbose_name_plural = "核查事项"
        ordering: ClassVar = ["code", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="check_matter_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="check_matter_one_now"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="check_matter_dates"
            ),
            models.CheckConstraint(condition=Q(valid_workdays__gte=1), name="check_matter_is_valid_for_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RecordRuleQuerySet(DatedQuerySet["RecordRule"]):
    """Rules by the day on which is asked."""


class RecordRule(models.Model):
    """What a 重大违法记录 is in procurement: how far back, which kinds of penalties, and from which fine on (万元)."""

    years = models.PositiveSmallIntegerField("回溯年数")
    kinds = ArrayField(models.CharField(max_length=40), verbose_name="处罚类别")
    fine_wan = models.DecimalField("较大数额罚款（万元）", max_digits=14, decimal_places=4)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = RecordRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "重大违法记录认定规则"
        verbose_name_plural = "重大违法记录认定规则"
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["valid_from"], name="record_rule_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="record_rule_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis}（{self.valid_from}起）"
