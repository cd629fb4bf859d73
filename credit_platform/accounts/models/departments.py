"""Departments and what became of them: a record keeps the authority that decided it, statistics follow the succession."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from credit_platform.audit.plain import clean_text
from credit_platform.web.formats import cn_date

code_sign = RegexValidator(r"^[a-z][a-z0-9-]{1,31}\Z", "部门代号由小写字母、数字和连字符组成，以字母开头，2 至 32 位。")
uscc_sign = RegexValidator(
    r"^[0-9A-HJ-NPQRTUWXY]{18}\Z", "统一社会信用代码为 18 位大写字母或数字（不含 I、O、S、V、Z）。"
)
district_sign = RegexValidator(r"^[0-9]{6}\Z", "行政区划代码为 6 位数字。")


class Level(models.TextChoices):
    """Where an authority stands."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    DISTRICT = "district", "区县（市）级"
    ZONE = "zone", "开发区（新区）"


class DepartmentQuerySet(models.QuerySet["Department"]):
    def in_force(self, on: date) -> DepartmentQuerySet:
        """Departments that exist on a day (both ends included, no end = open)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        )

    def by_code(self, code: str) -> Department | None:
        """The department with this short code or unified social credit code, in any case; None when there is none."""
        wanted = clean_text(code).strip()
        return self.filter(Q(code=wanted.lower()) | Q(uscc=wanted.upper())).first()

    def of_the_city(self) -> DepartmentQuerySet:
        """Without the outside authorities that only occur in data."""
        return self.filter(is_external=False)


class Department(models.Model):
    """An authority that gives or uses credit information."""

    code = models.CharField("部门代号", max_length=32, unique=True, validators=[code_sign])
    uscc = models.CharField(
        "统一社会信用代码", max_length=18, unique=True, null=True, blank=True, validators=[uscc_sign]
    )
    name = models.CharField("全称", max_length=200)
    short_name = models.CharField("简称", max_length=60, blank=True)
    district = models.CharField(
        "行政区划代码", max_length=6, blank=True, validators=[district_sign], help_text="GB/T 2260，市级部门留空。"
    )
    level = models.CharField("层级", max_length=16, choices=Level.choices, default=Level.CITY)
    is_external = models.BooleanField("本市以外的机关", default=False, help_text="仅在数据中出现，没有本平台账号。")
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_until = models.DateField("撤销日期", null=True, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级部门", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "部门"
        verbose_name_plural = "部门"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="department_ends_after_it_begins",
                violation_error_message="撤销日期不得早于设立日期。",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z][a-z0-9-]{1,31}$"), name="department_code_is_a_short_code"
            ),
            models.CheckConstraint(
                condition=Q(uscc__isnull=True) | Q(uscc__regex=r"^[0-9A-Z]{18}$"), name="department_uscc_has_18_signs"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="department_is_not_its_own_parent",
                violation_error_message="部门不能是自己的上级。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name when there is one."""
        return self.short_name or self.name


class DepartmentSuccession(models.Model):
    """From a day on, one department does what another did (merger, renaming, transfer of duties)."""

    predecessor = models.ForeignKey(
        Department, verbose_name="原部门", on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Department, verbose_name="承接部门", on_delete=models.PROTECT, related_name="predecessions"
    )
    on = models.DateField("承接日期")
    note = models.CharField("依据或说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "部门承接关系"
        verbose_name_plural = "部门承接关系"
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="department_does_not_succeed_itself",
                violation_error_message="承接部门不能是原部门自己。",
            ),
            # One heir: with two, statistics by successor would count a record twice.
            models.UniqueConstraint(
                fields=["predecessor"],
                name="department_has_one_successor",
                violation_error_message="该部门已登记承接部门。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}（{cn_date(self.on)}）"
