"""Layouts, fields of proofs and purposes: rows that an administrator keeps."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.editions.models import between, days_in_order
from credit_platform.labels import choices
from credit_platform.pdf import PRODUCER
from disclosure.kinds import EVERY
from records.models.catalogue import Category
from reports.rules import layout
from reports.rules.channels import KIND_LABELS, Kind
from reports.rules.proof import Field

BESIDE_KINDS = tuple(Category.values)
"""An item that no app owns stands by its category of the national base catalogue, so a layout may name these too."""


class LayoutQuerySet(models.QuerySet["ReportLayout"]):
    def in_force(self, on: date, kind: Kind = Kind.GENERAL) -> LayoutQuerySet:
        """Layouts of a kind that are used on a day, the newest first."""
        return self.filter(between(on), kind=kind).order_by("-valid_from", "code")


class FieldQuerySet(models.QuerySet["ProofField"]):
    def in_force(self, on: date) -> FieldQuerySet:
        """Fields that may be asked for on a day, with who vouches for them; one that nobody vouches for is none."""
        return self.filter(between(on), departments__isnull=False).distinct().prefetch_related("departments")


class ReportLayout(models.Model):
    """A layout with its days in force, how long a report under it may be relied on and how long its file is kept.

    One of the kind `proof` has no chapters of its own: they are the fields that were asked for.
    """

    kind = models.CharField("种类", max_length=10, choices=choices(KIND_LABELS), default=Kind.GENERAL.value)
    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=300)
    certainty = models.CharField("确定程度", max_length=300, blank=True)
    content = models.JSONField("版式", help_text="章节、概要和固定用语；格式见管理员手册。")
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)
    issuer = models.CharField("出具单位", max_length=100, default=PRODUCER)
    months = models.PositiveSmallIntegerField("报告有效期（月）", default=3)
    kept_months = models.PositiveSmallIntegerField("文件保存期（月）", default=60)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告版式"
        ordering: ClassVar = ["-valid_from", "code"]
        constraints: ClassVar = [
            days_in_order("report_layout_in_order"),
            models.CheckConstraint(
                condition=Q(months__gte=1) & Q(kept_months__gte=F("months")), name="report_layout_kept_while_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A layout that cannot be read, or in which something would be missing, is not stored."""
        if self.kind == Kind.PROOF:
            return
        found = layout.findings(self.content or {}, {*EVERY, *BESIDE_KINDS})
        if found:
            raise ValidationError({"content": [f"{each.text}{each.mend}" for each in found]})

    @property
    def layout(self) -> layout.Layout:
        return layout.read(self.code, self.content)


class ProofField(models.Model):
    """A field of proofs, and the departments that vouch for it: what they filed is what is told (信用代证)."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("领域", max_length=30)
    departments = models.ManyToManyField(Department, verbose_name="证明单位", related_name="+")
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = FieldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项报告领域"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            days_in_order("proof_field_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stated(self) -> Field:
        """As a proof speaks of it."""
        return Field(self.code, self.name, tuple(each.name for each in self.departments.all()))


class ReportPurpose(models.Model):
    """What reports are asked for, each with a plain sentence (哈政办规〔2020〕12号 no. 28)."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20)
    sentence = models.CharField("说明", max_length=100)
    of_departments = models.BooleanField("部门可以申请使用", default=False)
    is_active = models.BooleanField("使用中", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "报告用途"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name
