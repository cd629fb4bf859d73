"""Editions, their entries, and matters: drafts are editable, what was issued is only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from commitments.actions.matters import COPIED, LISTS
from commitments.admin.workbooks import compare_view, upload_view, workbook_view
from commitments.models import Matter, MatterEntry, MatterList
from commitments.rules.states import ListState
from records.admin.editions import EditionAdmin, EntryAdmin, NamedOnceAdmin, buttons_of, is_draft
from records.models import SubjectKind

ENTRY_FIELDS = (*(name.removesuffix("_id") for name in COPIED),)

if TYPE_CHECKING:
    _ListForm = forms.ModelForm[MatterList]
    _EntryForm = forms.ModelForm[MatterEntry]
else:
    _ListForm = _EntryForm = forms.ModelForm


class ListForm(_ListForm):
    """A new edition may begin with the entries of another one."""

    copy_from = forms.ModelChoiceField(
        MatterList.objects.all(), label="从已有版本复制条目", required=False, help_text="留空则从空白清单开始。"
    )

    class Meta:
        model = MatterList
        fields = ("code", "name", "basis", "valid_from")


@admin.register(MatterList)
class ListAdmin(EditionAdmin):
    form = ListForm
    editions = LISTS
    list_display = ("name", "code", "state", "valid_from", "valid_until", "entries_link", "workbook_links")
    buttons = buttons_of(LISTS)

    @admin.display(description="文件和比较")
    def workbook_links(self, edition: MatterList) -> str:
        links = [("commitments_list_workbook", "edition", "下载"), ("commitments_list_compare", "to", "比较")]
        if is_draft(edition):
            links.insert(1, ("commitments_list_upload", "edition", "上传"))
        parts = [(reverse(f"admin:{name}"), key, edition.code, label) for name, key, label in links]
        return format_html("　".join(['<a href="{}?{}={}">{}</a>'] * len(parts)), *(x for part in parts for x in part))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("workbook/", view(workbook_view), name="commitments_list_workbook"),
            path("upload/", view(upload_view), name="commitments_list_upload"),
            path("compare/", view(compare_view), name="commitments_list_compare"),
        ]
        return own + super().get_urls()


class EntryForm(_EntryForm):
    """An entry of a draft."""

    subject_kinds = forms.MultipleChoiceField(
        choices=SubjectKind.choices, label="适用主体", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = MatterEntry
        fields = ("edition", "matter", *ENTRY_FIELDS, "measures")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "edition" in self.fields:
            self.fields["edition"].queryset = MatterList.objects.filter(state=ListState.DRAFT)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("commitment_type") == "shortfall" and not data.get("shortfall_after"):
            raise ValidationError({"shortfall_after": "容缺受理型事项须填写材料补正期限。"})
        return data


@admin.register(MatterEntry)
class MatterEntryAdmin(EntryAdmin):
    form = EntryForm
    editions = LISTS
    entry_fields = ENTRY_FIELDS
    list_display = ("matter", "department", "commitment_type", "online", "edition")
    list_filter = ("edition", "commitment_type", "online")
    list_select_related = ("matter", "edition", "department")
    search_fields = ("matter__code", "matter__name")
    autocomplete_fields = ("matter", "measures")


@admin.register(Matter)
class MatterAdmin(NamedOnceAdmin):
    audit_verb = "commitments.matter"
