"""Purposes, windows and the limits of the review: data with their basis and days in force."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from lookups.models import Purpose, RetentionRule, ReviewLimits, ServiceWindow


@admin.register(Purpose)
class PurposeAdmin(PlatformAdmin):
    """A purpose is never deleted, queries speak of it: one that ends gets its last day, another wording is another row."""

    list_display = ("code", "name", "organisations", "persons", "needs_authorisation", "needs_case", "valid_from")
    search_fields = ("code", "name")


@admin.register(ServiceWindow)
class ServiceWindowAdmin(PlatformAdmin):
    """What nobody has confirmed stays empty."""

    list_display = ("name", "district", "address", "telephone", "confirmed_on", "is_shown")
    list_filter = ("is_shown", "is_municipal")
    search_fields = ("name", "address", "district")


@admin.register(ReviewLimits)
class ReviewLimitsAdmin(PlatformAdmin):
    """Another value is another row, from its day on."""

    list_display = ("valid_from", "valid_until", "opens", "closes", "most_a_day", "most_units", "drawn", "basis")


@admin.register(RetentionRule)
class RetentionRuleAdmin(PlatformAdmin):
    """Another period is another row, from its day on."""

    list_display = ("kind", "months", "basis", "valid_from", "valid_until")
    list_filter = ("kind",)
