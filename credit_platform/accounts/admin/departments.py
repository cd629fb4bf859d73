"""Departments and their successions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from credit_platform.accounts import actions
from credit_platform.accounts.actions.departments import EDITABLE
from credit_platform.accounts.admin_site import PlatformAdmin, actor_of
from credit_platform.accounts.models import Department, DepartmentSuccession


@admin.register(Department)
class DepartmentAdmin(PlatformAdmin):
    list_display = (
        "name",
        "code",
        "uscc",
        "level",
        "district",
        "is_external",
        "valid_from",
        "valid_until",
    )
    list_filter = (
        "level",
        "is_external",
    )
    search_fields = (
        "code",
        "name",
        "short_name",
        "uscc",
    )
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fields = (
        "code",
        "name",
        *(name for name in EDITABLE if name != "name"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        # Records and imports name a department by its code: it stays for good.
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in EDITABLE}
        if change:
            actions.update_department(Department.objects.get(pk=obj.pk), by=actor_of(request), **values)
            return
        name = values.pop("name")
        made = actions.add_department(form.cleaned_data["code"], by=actor_of(request), name=name, **values)
        obj.pk = made.pk


@admin.register(DepartmentSuccession)
class DepartmentSuccessionAdmin(PlatformAdmin):
    list_display = (
        "predecessor",
        "successor",
        "on",
        "note",
    )
    search_fields = (
        "predecessor__name",
        "successor__name",
    )
    autocomplete_fields = (
        "predecessor",
        "successor",
    )
    list_select_related = (
        "predecessor",
        "successor",
    )
    fields = (
        "predecessor",
        "successor",
        "on",
        "note",
    )

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        made = actions.succeed_department(
            given["predecessor"], successor=given["successor"], on=given["on"], note=given["note"], by=actor_of(request)
        )
        obj.pk = made.pk
