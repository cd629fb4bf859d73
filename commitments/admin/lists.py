"""Editions, their entries, and matters: drafts are editable, what was issued is only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from commitments.actions import matters as actions
from commitments.admin.workbooks import compare_view, upload_view, workbook_view
from commitments.models import Matter, MatterEntry, MatterList
from commitments.rules.states import ListState
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from records.models import SubjectKind

ENTRY_FIELDS = (*(name.removesuffix("_id") for name in actions.COPIED),)

if TYPE_CHECKING:
    _ListForm = forms.ModelForm[MatterList]
    _EntryForm = forms.ModelForm[MatterEntry]
else:
    _ListForm = _EntryForm = forms.ModelForm


def is_draft(edition: MatterList) -> bool:
    return edition.state == ListState.DRAFT


class ListForm(_ListForm):
    """A new edition may begin with the entries of another one."""

    copy_from = forms.ModelChoiceField(
        MatterList.objects.all(), label="从已有版本复制条目", required=False, help_text="留空则从空白清单开始。"
    )

    class Meta:
        model = MatterList
        fields = ("code", "name", "basis", "valid_from")


def _issue(edition: Any, by: Any, why: str) -> None:
    actions.issue(edition, by=by, reason=why)


def _repeal(edition: Any, by: Any, why: str) -> None:
    actions.repeal(edition, by=by, reason=why)


@admin.register(MatterList)
class ListAdmin(PlatformAdmin):
    form = ListForm
    list_display = ("name", "code", "state", "valid_from", "valid_until", "entries_link", "workbook_links")
    ordering = ("-valid_from",)
    buttons = (
        Button("issue", "发布", _issue, "清单已发布。", is_draft),
        Button("repeal", "废止", _repeal, "清单已废止。", lambda edition: edition.state == ListState.ISSUED),
    )

    @admin.display(description="条目")
    def entries_link(self, edition: MatterList) -> str:
        address = reverse("admin:commitments_matterentry_changelist")
        return format_html('<a href="{}?edition__id__exact={}">查看条目</a>', address, edition.pk)

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

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ["code", "name", "basis", "valid_from"]
        return [*shown, "state", "valid_until"] if obj else [*shown, "copy_from"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return
        given = dict(form.cleaned_data)
        source, by = given.pop("copy_from"), actor_of(request)
        made = (
            actions.new_list_from(source, by=by, **given)
            if source
            else actions.new_list(given.pop("code"), given.pop("name"), by=by, **given)
        )
        obj.pk = made.pk


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
class EntryAdmin(PlatformAdmin):
    form = EntryForm
    list_display = ("matter", "edition", "department", "commitment_type", "online")
    list_filter = ("edition", "commitment_type", "online")
    list_select_related = ("matter", "edition", "department")
    search_fields = ("matter__code", "matter__name")
    autocomplete_fields = ("matter",)
    filter_horizontal = ("measures",)
    fields = ("edition", "matter", *ENTRY_FIELDS, "measures")
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        draft = not isinstance(obj, MatterEntry) or is_draft(obj.edition)
        return draft and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["edition", "matter"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        values = {name: given[name] for name in ENTRY_FIELDS if name in given}
        chosen = list(given.get("measures", []))
        obj.pk = actions.save_entry(obj.edition, obj.matter, values, by=actor_of(request), measures=chosen).pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has set the measures."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return isinstance(obj, MatterEntry) and self.has_change_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove_entry(obj, by=actor_of(request), reason="管理员从编制中的清单取消事项")


@admin.register(Matter)
class MatterAdmin(PlatformAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")
    audit_verb = "commitments.matter"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Letters, clients and workbooks name a matter by its code: it stays for good.
        return ["code"] if obj else []
