"""Editions of the list of measures, their entries, measures, and fields of matters: drafts are editable, what was issued is only shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from credit_platform.accounts.admin_site import PlatformAdmin, actor_of
from credit_platform.editions.admin import EditionAdmin, EntryAdmin, EntryForm, NamedOnceAdmin
from credit_platform.labels import choices
from sanctions.measures import queries, rules
from sanctions.measures.actions import LISTS, save_field
from sanctions.measures.models import MatterField, Measure, MeasureEntry, MeasureList
from sanctions.measures.workbook import WORKBOOK


def _list_choices() -> list[tuple[str, str]]:
    natures = choices(rules.NATURE_LABELS)
    return [*natures, *((code, f"{code} {name}") for code, name in queries.list_names().items())]


def _field_choices() -> list[tuple[str, str]]:
    return [(code, f"{name}（{code}）") for code, name in queries.field_names().items()]


class MeasureEntryForm(EntryForm):
    """An entry whose codes are ticked."""

    lists = forms.MultipleChoiceField(
        choices=_list_choices, label="触发名单", required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = forms.MultipleChoiceField(
        choices=choices(rules.DOCUMENT_LABELS),
        label="触发文书",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    matters = forms.MultipleChoiceField(choices=_field_choices, label="事项领域", widget=forms.CheckboxSelectMultiple)


@admin.register(MeasureList)
class MeasureListAdmin(EditionAdmin):
    editions = LISTS
    workbook = WORKBOOK


@admin.register(MeasureEntry)
class MeasureEntryAdmin(EntryAdmin):
    form = MeasureEntryForm
    editions = LISTS
    in_words: Mapping[str, str] = MappingProxyType(
        {"lists": "shown_lists", "documents": "shown_documents", "matters": "shown_matters"}
    )
    list_display = ("measure", "kind", "force", "whom", "edition")
    list_filter = ("edition", "kind", "force", "whom")
    list_select_related = ("measure", "edition")
    search_fields = ("measure__code", "measure__name", "basis")
    autocomplete_fields = ("measure", "departments")

    @admin.display(description="触发名单")
    def shown_lists(self, entry: MeasureEntry) -> str:
        return "；".join(rules.triggers_in_words(entry.lists, (), queries.list_names(entry.lists)))

    @admin.display(description="触发文书")
    def shown_documents(self, entry: MeasureEntry) -> str:
        return "；".join(rules.triggers_in_words((), entry.documents, {}))

    @admin.display(description="事项领域")
    def shown_matters(self, entry: MeasureEntry) -> str:
        names = queries.field_names()
        return "；".join(names.get(each, each) for each in entry.matters)


@admin.register(Measure)
class MeasureAdmin(NamedOnceAdmin):
    audit_verb = "sanctions.measure"


@admin.register(MatterField)
class MatterFieldAdmin(PlatformAdmin):
    list_display = ("code", "name", "matters")
    search_fields = ("code", "name")
    fields = ("code", "name", "matters")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        code = obj.code if change else given["code"]
        obj.pk = save_field(code, given["name"], matters=given["matters"], by=actor_of(request)).pk
