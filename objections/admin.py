"""Which kinds are hidden while their source is silent about an objection."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from objections.models import SuppressionRule


@admin.register(SuppressionRule)
class SuppressionRuleAdmin(PlatformAdmin):
    list_display = ("kind", "suppress", "basis", "valid_from", "valid_until")
