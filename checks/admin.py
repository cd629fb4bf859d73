"""Matters for which is checked, and what a 重大违法记录 is: data with their basis and days in force."""

from __future__ import annotations

from django.contrib import admin

from checks.models import CheckMatter, RecordRule
from credit_platform.accounts.admin_site import PlatformAdmin


@admin.register(CheckMatter)
class CheckMatterAdmin(PlatformAdmin):
    """A matter is never deleted, checks speak of it: one that ends gets its last day."""

    list_display = ("code", "name", "department", "field", "required", "valid_workdays", "valid_from", "valid_until")
    list_filter = ("required", "asks_record", "field")
    search_fields = ("code", "name", "basis")


@admin.register(RecordRule)
class RecordRuleAdmin(PlatformAdmin):
    """Another rule is another row, from its day on."""

    list_display = ("basis", "years", "fine_wan", "valid_from", "valid_until")
    search_fields = ("basis",)
