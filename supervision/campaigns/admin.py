"""The fields of campaigns: data with a source and days in force."""

from __future__ import annotations

from django.contrib import admin

from credit_platform.accounts.admin_site import PlatformAdmin
from supervision.campaigns.models import CampaignField


@admin.register(CampaignField)
class CampaignFieldAdmin(PlatformAdmin):
    """A field that is named otherwise is another row, from its day on: campaigns point at the old one."""

    list_display = ("no", "name", "lead", "certainty", "valid_from", "valid_until")
    search_fields = ("name", "lead")
