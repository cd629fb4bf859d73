"""The periods of procedures, as data with their basis."""

from __future__ import annotations

from django.contrib import admin

from casework.models import ClockProfile
from credit_platform.accounts.admin_site import PlatformAdmin


@admin.register(ClockProfile)
class ClockProfileAdmin(PlatformAdmin):
    """Rows are never deleted: one that ends gets its last day."""

    list_display = ("procedure", "profile", "stage", "days", "extension", "extensions", "valid_from", "valid_until")
    list_filter = ("procedure", "profile")
    search_fields = ("procedure", "profile", "stage", "basis")
