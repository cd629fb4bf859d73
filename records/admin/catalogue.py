"""The catalogue and exempt codes in the administration; every change goes through the actions. Subjects and records have no page here:
the desk shows them, under the policy and with its register of looks.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin, actor_of
from credit_platform.editions.admin import EditionAdmin, EntryAdmin, NamedOnceAdmin
from credit_platform.web.lines import LinesField, lines_of
from records import actions
from records.actions.catalogue import CATALOGUE
from records.admin.local_fields import LOCAL_HELP, LOCAL_PARTS
from records.admin.subject_kinds import SubjectKindsForm, SubjectKindsInWords
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption
from records.queries.catalogue import LOCAL
from records.standards import registry


@admin.register(CatalogueVersion)
class CatalogueVersionAdmin(EditionAdmin):
    editions = CATALOGUE


class CatalogueEntryForm(SubjectKindsForm):
    """An entry; the standards to choose from are those that the platform knows, or the city's own list of fields."""

    standard = forms.ChoiceField(label="数据标准")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if {"standard", "fields"} <= self.fields.keys():
            known = [(each.code, f"{each.name}（{each.code}）") for each in registry.all() if not each.accepted_as]
            self.fields["standard"].choices = [*known, (LOCAL, "自定义数据项")]  # type: ignore[attr-defined]
            self.fields["fields"] = LinesField(
                label="自定义数据项", parts=LOCAL_PARTS, required=False, help_text=LOCAL_HELP, rows=12
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("fields") and data.get("standard") not in (None, LOCAL):
            raise ValidationError({"fields": "选用已有数据标准时不填写自定义数据项。"})
        return data


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(SubjectKindsInWords, EntryAdmin):
    form = CatalogueEntryForm
    editions = CATALOGUE
    list_display = ("item", "category", "visibility", "shown_standard", "publication", "cycle", "version")
    list_filter = ("version", "category", "visibility", "publication")
    list_select_related = ("item", "version")
    search_fields = ("item__code", "item__name")
    autocomplete_fields = ("item", "providers")
    in_words = MappingProxyType(
        {"subject_kinds": "shown_kinds", "standard": "shown_standard", "fields": "shown_fields"}
    )

    @admin.display(description="数据标准", ordering="standard")
    def shown_standard(self, entry: CatalogueEntry) -> str:
        known = {each.code: each.name for each in registry.all()}
        return "自定义数据项" if entry.standard == LOCAL else known.get(entry.standard, entry.standard)

    @admin.display(description="自定义数据项")
    def shown_fields(self, entry: CatalogueEntry) -> str:
        """The city's own fields as they are written down; as they are kept where a line cannot say them."""
        return (
            (lines_of(entry.fields, LOCAL_PARTS) or json.dumps(entry.fields, ensure_ascii=False))
            if entry.fields
            else "—"
        )


@admin.register(CatalogueItem)
class CatalogueItemAdmin(NamedOnceAdmin):
    audit_verb = "catalogue.item"


@admin.register(CodeExemption)
class CodeExemptionAdmin(PlatformAdmin):
    list_display = ("code", "evidence", "added_by", "added_at")
    search_fields = ("code",)
    fields = ("code", "evidence")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = actions.add_exemption(obj.code, obj.evidence, by=actor_of(request))
        obj.pk = made.pk
