"""Key groups: data with a basis and days in force."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from education.models import KeyGroup


@admin.register(KeyGroup)
class KeyGroupAdmin(PlatformAdmin):
    """Groups whose education a department leads."""

    list_display = ("name", "lead", "certainty", "valid_from", "valid_until")
    search_fields = ("name", "lead")
