"""For how long nobody may ask again after a repair was undone."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from repair.models import BlockRule


@admin.register(BlockRule)
class BlockRuleAdmin(PlatformAdmin):
    list_display = ("months", "basis", "certainty", "valid_from", "valid_until")
