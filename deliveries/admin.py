"""Recipients, to be read only: they come into being with what they read."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin
from deliveries.models import Recipient


@admin.register(Recipient)
class RecipientAdmin(PlatformAdmin):
    list_display = ("name", "kind_label", "department", "client")
    list_select_related = ("department", "client")
    search_fields = ("client__name", "department__name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
