"""Schemes with their weights, months that are frozen, sheets with their numbers and the rows behind each, and what is said against them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assessment.sheets.rules.indicators import INDICATORS
from assessment.sheets.rules.months import last_day
from assessment.sheets.rules.procedures import BONUSES, GROUND_LABELS, AdjustmentState, CircularState, SchemeState
from assessment.sheets.rules.sheet import Line, is_small
from casework.models import Case
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices

INDICATOR_CHOICES = [(code, each.label) for code, each in INDICATORS.items()]
REF = 40
"""Characters of a reference to a row: its kind and its number."""


class SchemeQuerySet(models.QuerySet["SchemeCase"]):
    def adopted(self) -> SchemeQuerySet:
        """Those that a second person adopted."""
        return self.filter(case__state=SchemeState.ADOPTED.value)

    def in_force(self, on: date) -> SchemeCase | None:
        """The one of a day: adopted, begun, the latest."""
        return self.adopted().filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()


class SchemeCase(models.Model):
    """How is assessed from a month on, beside its case: weights, and the parameters of the sheet."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="schemecase")
    name = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=200)
    valid_from = models.DateField("施行日期", help_text="某月1日。")
    small = models.PositiveSmallIntegerField("小样本界限", default=10, help_text="不足此数的标注，样本小的单位单列。")
    freeze_days = models.PositiveSmallIntegerField("月后几日冻结（自然日）", default=5)
    contest_days = models.PositiveSmallIntegerField("申诉期限（工作日）", default=5)
    floor = models.DecimalField("扣分上限", max_digits=4, decimal_places=1, default=Decimal(10))
    cap = models.DecimalField("加分上限", max_digits=4, decimal_places=1, default=Decimal(5))

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "考核方案"
        verbose_name_plural = "考核方案"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_from__day=1), name="assessment_scheme_from_a_first"),
            models.CheckConstraint(condition=Q(floor__gte=0, cap__gte=0), name="assessment_scheme_limits"),
        ]

    def __str__(self) -> str:
        return self.name


class SchemeLine(models.Model):
    """The weight of one indicator in a scheme."""

    scheme = models.ForeignKey(SchemeCase, verbose_name="考核方案", on_delete=models.CASCADE, related_name="lines")
    indicator = models.CharField("指标", max_length=20, choices=INDICATOR_CHOICES)
    points = models.DecimalField("权重", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "考核指标权重"
        verbose_name_plural = "考核指标权重"
        ordering: ClassVar = ["scheme", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "indicator"], name="scheme_line_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="scheme_line_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.points}"


class Month(models.Model):
    """A month whose figures were frozen: under which scheme, when. Append-only; what is said against it makes another version of a sheet."""

    first = models.DateField("月份", unique=True)
    scheme = models.ForeignKey(SchemeCase, verbose_name="考核方案", on_delete=models.PROTECT, related_name="months")
    frozen_on = models.DateField("冻结日期")
    frozen_at = models.DateTimeField("冻结时间", default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="冻结人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="空为平台定时冻结。",
    )
    contest_until = models.DateField("申诉截止日期（含当日）")

    class Meta:
        verbose_name = "考核月份"
        verbose_name_plural = "考核月份"
        ordering: ClassVar = ["-first"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__day=1), name="assessed_month_from_its_first"),
            models.CheckConstraint(condition=Q(frozen_on__gt=F("first")), name="assessed_month_frozen_after"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The month in words."""
        return f"{self.first.year}年{self.first.month}月"

    @property
    def last(self) -> date:
        """Its last day."""
        return last_day(self.first)

    @property
    def is_issued(self) -> bool:
        """Whether a circular has told its figures, and none that corrects it is being written."""
        told = self.circulars.filter(case__state=CircularState.ISSUED.value)
        corrected = self.circulars.filter(case__state=CircularState.DRAFTED.value, corrects__isnull=False)
        return told.exists() and not corrected.exists()


class SheetQuerySet(models.QuerySet["Sheet"]):
    def current(self) -> SheetQuerySet:
        """The newest version of each."""
        newer = Sheet.objects.filter(
            month=models.OuterRef("month"),
            department=models.OuterRef("department"),
            version__gt=models.OuterRef("version"),
        )
        return self.exclude(models.Exists(newer))

    def visible_to(self, user: User, on: date | None = None) -> SheetQuerySet:
        """Those of the user's department and of those it succeeded; the credit office sees all."""
        return within(self, user, on)


class Sheet(models.Model):
    """The figures of one department in one month. Append-only: a number that was wrong makes the next version."""

    month = models.ForeignKey(Month, verbose_name="月份", on_delete=models.PROTECT, related_name="sheets")
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField("版本", default=1)
    contest = models.ForeignKey(
        "ContestCase",
        verbose_name="更正依据",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="made",
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "考核表"
        verbose_name_plural = "考核表"
        ordering: ClassVar = ["month", "department__code", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "department", "version"], name="sheet_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, contest__isnull=True) | Q(version__gt=1, contest__isnull=False),
                name="sheet_version_by_a_contest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.month}"


class Number(models.Model):
    """One indicator of a sheet: its weight, and the very rows that were met and missed. `late`: rows of earlier months that came after their
    month was frozen."""

    sheet = models.ForeignKey(Sheet, verbose_name="考核表", on_delete=models.PROTECT, related_name="numbers")
    indicator = models.CharField("指标", max_length=20, choices=INDICATOR_CHOICES)
    points = models.DecimalField("权重", max_digits=5, decimal_places=2)
    met = ArrayField(models.CharField(max_length=REF), verbose_name="完成的事项", default=list, blank=True)
    missed = ArrayField(models.CharField(max_length=REF), verbose_name="未完成的事项", default=list, blank=True)
    late = ArrayField(models.CharField(max_length=REF), verbose_name="其中上月以前补报的", default=list, blank=True)

    class Meta:
        verbose_name = "考核数字"
        verbose_name_plural = "考核数字"
        ordering: ClassVar = ["sheet", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "indicator"], name="assessed_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {len(self.met)}/{self.due}"

    @property
    def due(self) -> int:
        """How many fell due."""
        return len(self.met) + len(self.missed)

    @property
    def line(self) -> Line:
        """The number as the rules take it."""
        return Line(self.indicator, Fraction(self.points), len(self.met), self.due)

    def is_small(self, least: int) -> bool:
        """Whether it rests on fewer than `least`."""
        return is_small(self.line, least)


class ContestCase(models.Model):
    """A department says that a number counts rows as missed that were not, beside its case. Of one number one contest is open at a time."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="contestcase")
    number = models.ForeignKey(Number, verbose_name="考核数字", on_delete=models.PROTECT, related_name="contests")
    refs = ArrayField(models.CharField(max_length=REF), verbose_name="有异议的事项")
    text = models.TextField("事实和理由")
    upheld = ArrayField(models.CharField(max_length=REF), verbose_name="成立的事项", default=list, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    class Meta:
        verbose_name = "考核数字申诉"
        verbose_name_plural = "考核数字申诉"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=Q(is_open=True), name="contest_one_open_a_number"),
            models.CheckConstraint(condition=Q(refs__len__gt=0), name="contest_of_some_row"),
            models.CheckConstraint(
                condition=Q(upheld__contained_by=F("refs")), name="contest_upholds_what_was_contested"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class AdjustmentQuerySet(models.QuerySet["AdjustmentCase"]):
    def confirmed(self) -> AdjustmentQuerySet:
        """Those that a second person confirmed."""
        return self.filter(case__state=AdjustmentState.CONFIRMED.value)


class AdjustmentCase(models.Model):
    """Points taken from or added to a department's month, beside the case, whose department is the assessed one."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="adjustmentcase")
    month = models.ForeignKey(Month, verbose_name="月份", on_delete=models.PROTECT, related_name="adjustments")
    ground = models.CharField("事由", max_length=12, choices=choices(GROUND_LABELS))
    points = models.DecimalField("分值", max_digits=3, decimal_places=1)
    text = models.TextField("事实")
    document = models.CharField("认定文书号", max_length=128)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "考核加减分"
        verbose_name_plural = "考核加减分"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gt=0, points__lte=10), name="adjustment_of_some_points"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def is_bonus(self) -> bool:
        """Whether points are added."""
        return self.ground in BONUSES


class CircularQuerySet(models.QuerySet["CircularCase"]):
    def issued(self) -> CircularQuerySet:
        """Those that were signed: every department reads them."""
        return self.filter(case__state=CircularState.ISSUED.value)


class CircularCase(models.Model):
    """A circular about a month, beside its case: words, the figures as they stood when it was signed, and the digest of the signed file, which lies
    with the case. An error in it is corrected by another circular."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="circularcase")
    month = models.ForeignKey(Month, verbose_name="月份", on_delete=models.PROTECT, related_name="circulars")
    corrects = models.ForeignKey(
        "self", verbose_name="更正的通报", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文")
    figures = models.JSONField("印发时的数字", default=list, blank=True)
    digest = models.CharField("文件摘要（SHA-256）", max_length=64, blank=True)
    certificate = models.TextField("签章证书", blank=True)
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = "考核通报"
        verbose_name_plural = "考核通报"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, digest="") | (Q(issued_at__isnull=False) & ~Q(digest="")),
                name="circular_issued_with_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
