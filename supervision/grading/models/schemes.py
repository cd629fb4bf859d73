"""What grades may be read in (schemes), where (fields), and what follows from them (tiers): rows with days in force and their basis."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices
from supervision.grading.rules import tiers
from supervision.grading.rules.schemes import SOURCE_LABELS, Source
from supervision.grading.rules.tiers import Tier


class SupervisionFieldQuerySet(DatedQuerySet["SupervisionField"]):
    """Fields in which the city supervises."""


class SupervisionField(models.Model):
    """A field of supervision; `floor` is the tier below which nobody falls in it, whatever the grade."""

    code = models.SlugField("领域编码", max_length=20, unique=True)
    name = models.CharField("监管领域", max_length=60)
    floor = models.CharField("监管下限", max_length=8, choices=choices(tiers.LABELS), default=Tier.RELAXED.value)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("废止日期", null=True, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=100)

    objects = SupervisionFieldQuerySet.as_manager()

    class Meta:
        verbose_name = "监管领域"
        verbose_name_plural = "监管领域"
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            days_in_order("supervision_field_days"),
            models.CheckConstraint(
                condition=Q(floor__in=[each.value for each in Tier]), name="supervision_field_floor_is_a_tier"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GradeSchemeQuerySet(DatedQuerySet["GradeScheme"]):
    def received(self) -> GradeSchemeQuerySet:
        """Schemes whose grades others find: everything but our own model."""
        return self.exclude(source=Source.OWN.value)


class GradeScheme(models.Model):
    """One scheme under one scale. `code` names it over all its scales; of one code at most one row holds on a day."""

    code = models.CharField("方案编码", max_length=20)
    name = models.CharField("评价方案", max_length=100)
    owner = models.CharField("评价机关", max_length=100)
    source = models.CharField("来源", max_length=8, choices=choices(SOURCE_LABELS))
    field = models.ForeignKey(
        SupervisionField,
        verbose_name="适用领域",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="留空为各领域通用。",
    )
    scale = ArrayField(models.CharField(max_length=20), verbose_name="等级（由好到差）")
    public_grades = ArrayField(
        models.CharField(max_length=20),
        verbose_name="可以公开的等级",
        default=list,
        blank=True,
        help_text="留空为不公开；有的方案只公开最好的等级。",
    )
    months = models.PositiveSmallIntegerField(
        "有效期（月）", null=True, blank=True, help_text="来件没有写明有效期时适用。"
    )
    rank = models.PositiveSmallIntegerField("适用次序", help_text="确定监管等次时，小的先用。")
    basis = models.CharField("依据", max_length=300)
    certainty = models.CharField("依据确定程度", max_length=200, blank=True)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = GradeSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "评价方案"
        verbose_name_plural = "评价方案"
        ordering: ClassVar = ["rank", "code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="grade_scheme_begins_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="grade_scheme_one_present"
            ),
            models.CheckConstraint(
                condition=Q(public_grades__contained_by=models.F("scale")), name="grade_scheme_shows_what_it_has"
            ),
            models.CheckConstraint(
                condition=~Q(source__in=[Source.RISK.value, Source.OWN.value]) | Q(public_grades=[]),
                name="grade_scheme_risk_is_never_public",
                violation_error_message="企业信用风险分类和本市模型的等级不得公开（国市监信发〔2022〕6号）。",
            ),
            days_in_order("grade_scheme_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_words(self) -> str:
        """The scale as people read it, the best grade first."""
        return "、".join(self.scale)

    def place(self, grade: str) -> int:
        """Where a grade stands in the scale, 0 for the best; behind all of them for one that it does not have (any more)."""
        return self.scale.index(grade) if grade in self.scale else len(self.scale)


class TierRuleQuerySet(DatedQuerySet["TierRule"]):
    """Rows of the table of tiers."""


class TierRule(models.Model):
    """What follows from a grade: one row of the table of tiers (监管等次对应表). A row of a field goes before the one for all."""

    scheme = models.ForeignKey(GradeScheme, verbose_name="评价方案", on_delete=models.PROTECT, related_name="tiers")
    grade = models.CharField("等级", max_length=20)
    field = models.ForeignKey(
        SupervisionField,
        verbose_name="监管领域",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tiers",
        help_text="留空为各领域通用。",
    )
    tier = models.CharField("监管等次", max_length=8, choices=choices(tiers.LABELS))
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = TierRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "监管等次对应表"
        verbose_name_plural = "监管等次对应表"
        ordering: ClassVar = ["scheme", "field", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "grade", "field", "valid_from"], nulls_distinct=False, name="tier_rule_begins_once"
            ),
            models.CheckConstraint(condition=Q(tier__in=[each.value for each in Tier]), name="tier_rule_names_a_tier"),
            days_in_order("tier_rule_days"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.grade}"

    def clean(self) -> None:
        """A tier follows from a grade of its own scheme."""
        if self.scheme_id and self.grade not in self.scheme.scale:
            raise ValidationError({"grade": f"等级应为该方案的等级之一：{self.scheme.in_words}。"})

    @property
    def tone(self) -> str:
        """How its tier is coloured; the word stands beside it."""
        return tiers.TONES[Tier(self.tier)]
