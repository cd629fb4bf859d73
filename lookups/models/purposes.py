"""Why may be asked: a list with a plain sentence each, what it opens and what it asks for."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices
from lookups.rules.questions import SCOPE_LABELS, Scope, Terms


class PurposeQuerySet(DatedQuerySet["Purpose"]):
    """Purposes by the day on which is asked."""


class Purpose(models.Model):
    """One purpose in force from a day; another wording is another row.

    `sentence` is what the subject reads; `delay_days` for how many calendar days it is not told, with `delay_reason`.
    """

    code = models.CharField("代码", max_length=20)
    name = models.CharField("查询目的", max_length=60)
    sentence = models.CharField("说明（被查询主体可见）", max_length=200)
    organisations = models.BooleanField("适用于法人、非法人组织和个体工商户", default=True)
    persons = models.BooleanField("适用于自然人", default=False)
    needs_authorisation = models.BooleanField("须本单位申请或者书面授权", default=False)
    needs_case = models.BooleanField("须填写办件编号或者案号", default=False)
    opens = ArrayField(
        models.CharField(max_length=12, choices=choices(SCOPE_LABELS)), verbose_name="可查询的信息", default=list
    )
    delay_days = models.PositiveSmallIntegerField("推迟告知（日历日）", default=0)
    delay_reason = models.CharField("推迟告知的理由", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=300)
    order = models.PositiveSmallIntegerField("顺序", default=100)
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        verbose_name = "查询目的"
        verbose_name_plural = "查询目的"
        ordering: ClassVar = ["order", "code", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="lookup_purpose_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="lookup_purpose_one_now"
            ),
            days_in_order("lookup_purpose_dates"),
            models.CheckConstraint(
                condition=Q(delay_days=0) | ~Q(delay_reason=""), name="lookup_purpose_delay_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        """What it asks for."""
        return Terms(self.name, self.organisations, self.persons, self.needs_authorisation, self.needs_case)

    @property
    def scopes(self) -> list[Scope]:
        """What it opens, in the order of the labels."""
        return [scope for scope in Scope if scope.value in self.opens]

    @property
    def opens_text(self) -> str:
        """The same in words."""
        return "、".join(SCOPE_LABELS[scope] for scope in self.scopes)
