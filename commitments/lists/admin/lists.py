"""Editions of the list of matters, their entries, and matters: drafts are editable, what was issued is only shown."""

from __future__ import annotations

from django.contrib import admin

from commitments.lists.actions.matters import LISTS
from commitments.lists.models import Matter, MatterEntry, MatterList
from commitments.lists.workbook import WORKBOOK
from credit_platform.editions.admin import EditionAdmin, EntryAdmin, NamedOnceAdmin
from records.admin.subject_kinds import SubjectKindsForm, SubjectKindsInWords


@admin.register(MatterList)
class ListAdmin(EditionAdmin):
    editions = LISTS
    workbook = WORKBOOK


@admin.register(MatterEntry)
class MatterEntryAdmin(SubjectKindsInWords, EntryAdmin):
    form = SubjectKindsForm
    editions = LISTS
    list_display = ("matter", "department", "commitment_type", "online", "edition")
    list_filter = ("edition", "commitment_type", "online")
    list_select_related = ("matter", "edition", "department")
    search_fields = ("matter__code", "matter__name")
    autocomplete_fields = ("matter", "measures")


@admin.register(Matter)
class MatterAdmin(NamedOnceAdmin):
    audit_verb = "commitments.matter"
