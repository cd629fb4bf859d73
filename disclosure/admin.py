"""Rule sets, classes and thresholds for the system administrator. The procedure itself stays on the desk.

A change holds for what is published from then on; what is already published keeps its period and its explanation.
"""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from disclosure.models import FineThreshold, PeriodRule, RuleSet


@admin.register(RuleSet)
class RuleSetAdmin(PlatformAdmin):
    list_display = ("code", "name", "valid_from", "valid_until", "period_start", "ends_when", "certainty")
    ordering = ("valid_from",)


@admin.register(PeriodRule)
class PeriodRuleAdmin(PlatformAdmin):
    list_display = (
        "rule_set", "kind", "label", "severity", "min_months", "max_months", "until_valid", "published", "repairable", "priority",
    )  # fmt: skip
    list_filter = ("rule_set", "kind", "severity", "published")
    list_select_related = ("rule_set",)
    ordering = ("rule_set__valid_from", "kind", "priority")


@admin.register(FineThreshold)
class FineThresholdAdmin(PlatformAdmin):
    list_display = ("domain", "subject_kind", "severity", "amount_wan", "valid_from", "valid_until", "basis")
    list_filter = ("domain", "severity")
    ordering = ("domain", "amount_wan")
