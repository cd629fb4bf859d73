"""Shares by tier and caps by year, as the system administrator writes them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin, actor_of
from supervision.inspections.plans.actions import save_cap, save_share
from supervision.inspections.plans.models import FrequencyCap, ShareRow


@admin.register(ShareRow)
class ShareRowAdmin(PlatformAdmin):
    list_display = ("field", "tier", "rule", "share_low", "share_high", "frequency", "valid_from", "valid_until")
    list_filter = ("tier", "rule")
    search_fields = ("field", "tier", "basis")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        row = ShareRow.objects.get(pk=obj.pk) if change else None
        obj.pk = save_share(form.cleaned_data, by=actor_of(request), row=row).pk


@admin.register(FrequencyCap)
class FrequencyCapAdmin(PlatformAdmin):
    list_display = ("__str__", "department", "level", "field", "per_year", "valid_from", "valid_until")
    list_filter = ("level",)
    list_select_related = ("department",)
    search_fields = ("basis", "field")
    autocomplete_fields = ("department",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        row = FrequencyCap.objects.get(pk=obj.pk) if change else None
        obj.pk = save_cap(form.cleaned_data, by=actor_of(request), row=row).pk
