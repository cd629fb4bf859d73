"""Rule sets, classes, thresholds and limits for the system administrator. The procedure itself stays on the desk.

A change holds for what is published from then on; what is already published follows when `manage.py recompute_periods` is run.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin
from disclosure.kinds import EVERY
from disclosure.models import FineThreshold, PeriodRule, RuleSet, SimpleProcedureLimit


@admin.register(RuleSet)
class RuleSetAdmin(PlatformAdmin):
    list_display = ("code", "name", "channel", "valid_from", "valid_until", "period_start", "certainty")
    ordering = ("valid_from",)


class RuleSetFilter(admin.SimpleListFilter):
    title = "公示期规则"
    parameter_name = "rule_set"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(row.code, str(row)) for row in RuleSet.objects.all()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.filter(rule_set__code=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = "信息种类"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return EVERY.choices()

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class SeverityFilter(admin.SimpleListFilter):
    """The classes, and the rules that know none, which would be a link without a word."""

    title = "类别"
    parameter_name = "severity"
    NONE = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = PeriodRule.objects.order_by("severity").values_list("severity", flat=True).distinct()
        return [(name or self.NONE, name or "不分类别") for name in names]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(severity="" if chosen == self.NONE else chosen) if chosen else queryset


@admin.register(PeriodRule)
class PeriodRuleAdmin(PlatformAdmin):
    list_display = (
        "shown_rule_set", "shown_kind", "label", "severity", "min_months", "max_months", "end_kind", "published", "repairable", "fixed", "priority",
    )  # fmt: skip
    list_filter = (RuleSetFilter, KindFilter, SeverityFilter, "published")
    list_select_related = ("rule_set",)
    ordering = ("rule_set__valid_from", "kind", "priority")

    @admin.display(description="公示期规则", ordering="rule_set__valid_from")
    def shown_rule_set(self, rule: PeriodRule) -> str:
        return rule.rule_set.code

    @admin.display(description="信息种类", ordering="kind")
    def shown_kind(self, rule: PeriodRule) -> str:
        return EVERY.get(rule.kind, rule.kind)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **options, label="公示期规则")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "kind":
            return forms.ChoiceField(label="信息种类", choices=[("", "请选择"), *EVERY.items()])
        return super().formfield_for_dbfield(db_field, request, **options)


@admin.register(FineThreshold)
class FineThresholdAdmin(PlatformAdmin):
    list_display = ("domain", "subject_kind", "severity", "amount_wan", "valid_from", "valid_until", "basis")
    list_filter = ("domain", "severity")
    ordering = ("domain", "amount_wan")


@admin.register(SimpleProcedureLimit)
class SimpleProcedureLimitAdmin(PlatformAdmin):
    list_display = ("shown_subject", "shown_kinds", "amount_yuan", "valid_from", "valid_until", "basis")
    ordering = ("valid_from", "subject_kind")

    @admin.display(description="主体类别", ordering="subject_kind")
    def shown_subject(self, limit: SimpleProcedureLimit) -> str:
        return limit.get_subject_kind_display() or "不限"

    @admin.display(description="可用的处罚类别")
    def shown_kinds(self, limit: SimpleProcedureLimit) -> str:
        return "、".join(limit.penalty_kinds)
