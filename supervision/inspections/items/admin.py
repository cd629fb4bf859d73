"""Editions of the list of items and their entries: drafts are editable, what was issued is only shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.contrib import admin

from credit_platform.editions.admin import EditionAdmin, EntryAdmin, EntryForm, NamedOnceAdmin
from credit_platform.labels import choices
from supervision.inspections.items import queries
from supervision.inspections.items.actions import LISTS
from supervision.inspections.items.models import Item, ItemEntry, ItemList
from supervision.inspections.items.rules import lines
from supervision.inspections.items.workbook import WORKBOOK


class ItemEntryForm(EntryForm):
    """An entry whose kinds and methods are ticked."""

    kinds = forms.MultipleChoiceField(
        choices=choices(lines.OBJECT_LABELS), label="检查对象", widget=forms.CheckboxSelectMultiple
    )
    methods = forms.MultipleChoiceField(
        choices=choices(lines.METHOD_LABELS), label="检查方式", widget=forms.CheckboxSelectMultiple
    )


@admin.register(ItemList)
class ItemListAdmin(EditionAdmin):
    editions = LISTS
    workbook = WORKBOOK


@admin.register(ItemEntry)
class ItemEntryAdmin(EntryAdmin):
    form = ItemEntryForm
    editions = LISTS
    in_words: Mapping[str, str] = MappingProxyType({"kinds": "shown_kinds", "methods": "shown_methods"})
    list_display = ("item", "weight", "field", "edition")
    list_filter = ("edition", "weight")
    list_select_related = ("item", "edition")
    search_fields = ("item__code", "item__name", "basis")
    autocomplete_fields = ("item", "departments")

    @admin.display(description="检查对象")
    def shown_kinds(self, entry: ItemEntry) -> str:
        return "；".join(queries.KINDS.get(each, each) for each in entry.kinds)

    @admin.display(description="检查方式")
    def shown_methods(self, entry: ItemEntry) -> str:
        return "；".join(queries.METHODS.get(each, each) for each in entry.methods)


@admin.register(Item)
class ItemAdmin(NamedOnceAdmin):
    audit_verb = "inspections.item"
