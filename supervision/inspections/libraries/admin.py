"""Special libraries (tags of objects), as the system administrator names them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin, actor_of
from supervision.inspections.libraries.actions import save_tag
from supervision.inspections.libraries.models import ObjectTag


@admin.register(ObjectTag)
class ObjectTagAdmin(PlatformAdmin):
    list_display = ("code", "name", "basis")
    search_fields = ("code", "name")
    fields = ("code", "name", "basis")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, tag = form.cleaned_data, ObjectTag.objects.get(pk=obj.pk) if change else None
        code = obj.code if change else given["code"]
        obj.pk = save_tag(code, given["name"], basis=given["basis"], tag=tag, by=actor_of(request)).pk
