"""Versions of our own model: what they count (lines), how a sum reads (bands), what they would have done (trials)."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.labels import choices
from supervision.grading.models.schemes import GradeScheme
from supervision.grading.rules import model as rules
from supervision.grading.rules import states, trials
from supervision.grading.rules.model import Rounding
from supervision.grading.rules.states import ModelState, TrialState

_MOST_DIGITS = 8


def _points(label: str, **more: object) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(label, max_digits=_MOST_DIGITS, decimal_places=2, **more)  # type: ignore[arg-type]


def _who(label: str, **more: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        **more,  # type: ignore[arg-type]
    )


class GradingModelQuerySet(models.QuerySet["GradingModel"]):
    def adopted(self) -> GradingModelQuerySet:
        """The version in use: at most one."""
        return self.filter(state=ModelState.ADOPTED.value)


class GradingModel(models.Model):
    """One version of the model. Who drew it up and who proposed it is not who adopts it."""

    scheme = models.ForeignKey(GradeScheme, verbose_name="评价方案", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    name = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=300)
    base = _points("基准分", default=Decimal(100))
    least = _points("最低分", default=Decimal(0))
    most = _points("最高分", default=Decimal(120))
    places = models.PositiveSmallIntegerField("小数位数", default=0)
    rounding = models.CharField(
        "取整方式", max_length=8, choices=choices(rules.ROUNDING_LABELS), default=Rounding.HALF_UP.value
    )
    state = models.CharField("状态", max_length=10, choices=choices(states.LABELS), default=ModelState.DRAFT.value)
    version = models.PositiveIntegerField("修改次数", default=1)
    drawn_by = _who("编制人")
    drawn_at = models.DateTimeField("编制时间", default=timezone.now)
    proposed_by = _who("提请采用的人")
    proposed_at = models.DateTimeField("提请时间", null=True, blank=True)
    adopted_by = _who("采用的人")
    adopted_at = models.DateTimeField("采用时间", null=True, blank=True)
    adopted_why = models.CharField("采用理由", max_length=500, blank=True)
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = GradingModelQuerySet.as_manager()

    class Meta:
        verbose_name = "分级模型"
        verbose_name_plural = "分级模型"
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="grading_model_number_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(state=ModelState.ADOPTED.value), name="grading_model_one_in_use"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ModelState.ADOPTED.value, ModelState.RETIRED.value])
                | Q(adopted_by__isnull=False, proposed_by__isnull=False, drawn_by__isnull=False),
                name="grading_model_in_use_names_its_people",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(adopted_by__isnull=True) | Q((f"{other}__isnull", True)) | ~Q(adopted_by=F(other)),
                    name=f"grading_model_adopted_by_another_than_{other.removesuffix('_by')}",
                    violation_error_message="模型由编制人、提请人以外的人采用。",
                )
                for other in ("drawn_by", "proposed_by")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.number}版）"

    @property
    def tone(self) -> str:
        """How its state is coloured; the word stands beside it."""
        return states.TONES[ModelState(self.state)]


class Line(models.Model):
    """Which records a line of a model is about."""

    model = models.ForeignKey(GradingModel, verbose_name="模型", on_delete=models.CASCADE, related_name="%(class)ss")
    code = models.SlugField("编码", max_length=20)
    name = models.CharField("名称", max_length=100)
    kinds = ArrayField(models.CharField(max_length=24), verbose_name="信息种类")
    severities = ArrayField(models.CharField(max_length=10), verbose_name="失信严重程度", default=list, blank=True)
    field = models.CharField("数据项", max_length=40, blank=True)
    values = ArrayField(models.CharField(max_length=100), verbose_name="取值", default=list, blank=True)
    months = models.PositiveSmallIntegerField("计算期（月）", null=True, blank=True)
    in_force = models.BooleanField("只计有效期内的", default=False)
    basis = models.CharField("依据", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["code"]

    @property
    def selection(self) -> rules.Selection:
        """As the rules read it."""
        return rules.Selection(
            tuple(self.kinds), self.months, self.in_force, tuple(self.severities), self.field, tuple(self.values)
        )


class Indicator(Line):
    """A line of the sum."""

    points = _points("每条分值")
    weight = models.DecimalField("权重", max_digits=5, decimal_places=2, default=Decimal(1))
    cap = _points("上限（分）", null=True, blank=True)

    class Meta(Line.Meta):
        verbose_name = "指标"
        verbose_name_plural = "指标"
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "code"], name="indicator_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DirectRule(Line):
    """A record that by itself puts its subject into a grade."""

    grade = models.CharField("等级", max_length=20)

    class Meta(Line.Meta):
        verbose_name = "直接认定"
        verbose_name_plural = "直接认定"
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "code"], name="direct_rule_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Band(models.Model):
    """The rounded sums of a grade, both borders included."""

    model = models.ForeignKey(GradingModel, verbose_name="模型", on_delete=models.CASCADE, related_name="bands")
    grade = models.CharField("等级", max_length=20)
    lowest = _points("最低分")
    highest = _points("最高分")

    class Meta:
        verbose_name = "分数段"
        verbose_name_plural = "分数段"
        ordering: ClassVar = ["-highest"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "grade"], name="band_grade_once")]

    def __str__(self) -> str:
        return self.grade


class Trial(models.Model):
    """A dry run of a version: what moves where, and what inspections say. Kept as it was computed."""

    model = models.ForeignKey(GradingModel, verbose_name="模型", on_delete=models.PROTECT, related_name="trials")
    against = models.ForeignKey(
        GradingModel, verbose_name="对照版本", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    of_version = models.PositiveIntegerField("试算时的修改次数")
    on = models.DateField("试算日期")
    state = models.CharField(
        "状态", max_length=10, choices=choices(states.TRIAL_LABELS), default=TrialState.RUNNING.value
    )
    step = models.PositiveSmallIntegerField("已完成步骤", default=0)
    subjects = models.PositiveIntegerField("主体数", default=0)
    verdict = models.CharField("检查结果印证", max_length=8, blank=True, choices=choices(trials.VERDICT_LABELS))
    figures = models.JSONField("试算结果", default=dict, blank=True)
    why = models.CharField("未完成原因", max_length=300, blank=True)
    ordered_by = _who("试算人")
    ordered_at = models.DateTimeField("试算时间", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "模型试算"
        verbose_name_plural = "模型试算"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["model"], condition=Q(state=TrialState.RUNNING.value), name="trial_one_running"
            ),
            models.CheckConstraint(
                condition=~Q(state=TrialState.DONE.value) | ~Q(verdict=""), name="trial_done_has_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.on}"

    @property
    def verdict_tone(self) -> str:
        """How its verdict is coloured."""
        return trials.VERDICT_TONES[trials.Verdict(self.verdict)] if self.verdict else "neutral"
