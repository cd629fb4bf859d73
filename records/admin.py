"""The catalogue and exempt codes in the administration; every change goes through the actions. Subjects and records have no page here:
the desk shows them, under the policy and with its register of looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.errors import DomainError
from records import actions
from records.models import CatalogueEntry, CatalogueItem, CatalogueVersion, CodeExemption, SubjectKind
from records.queries.catalogue import LOCAL
from records.rules import CatalogueState
from records.standards import fromdict, registry

ENTRY_FIELDS = (
    "category",
    "subject_kinds",
    "basis",
    "visibility",
    "sharing",
    "cycle",
    "standard",
    "fields",
    "publication",
    "nature",
    "valid_from",
    "valid_until",
    "position",
)

# Generic for the type checker only.
if TYPE_CHECKING:
    _VersionForm = forms.ModelForm[CatalogueVersion]
    _EntryForm = forms.ModelForm[CatalogueEntry]
else:
    _VersionForm = _EntryForm = forms.ModelForm


def is_draft(version: CatalogueVersion) -> bool:
    return version.state == CatalogueState.DRAFT


class VersionForm(_VersionForm):
    """A new edition may begin with the entries of another one."""

    copy_from = forms.ModelChoiceField(
        CatalogueVersion.objects.all(), label="从已有版本复制条目", required=False, help_text="留空则从空白目录开始。"
    )

    class Meta:
        model = CatalogueVersion
        fields = ("code", "name", "basis", "valid_from")


@admin.register(CatalogueVersion)
class CatalogueVersionAdmin(PlatformAdmin):
    form = VersionForm
    list_display = ("name", "code", "state", "valid_from", "valid_until", "entries_link", "compare_link")
    ordering = ("-valid_from",)
    buttons = (
        Button(
            "issue", "发布", lambda v, by, why: _done(actions.issue(v, by=by, reason=why)), "目录已发布。", is_draft
        ),
        Button(
            "repeal",
            "废止",
            lambda v, by, why: _done(actions.repeal(v, by=by, reason=why)),
            "目录已废止。",
            lambda version: version.state == CatalogueState.ISSUED,
        ),
    )

    @admin.display(description="条目")
    def entries_link(self, version: CatalogueVersion) -> str:
        address = reverse("admin:records_catalogueentry_changelist")
        return format_html('<a href="{}?version__id__exact={}">查看条目</a>', address, version.pk)

    @admin.display(description="比较")
    def compare_link(self, version: CatalogueVersion) -> str:
        return format_html('<a href="{}?b={}">与其他版本比较</a>', reverse("records:catalogue-compare"), version.code)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ["code", "name", "basis", "valid_from"]
        return [*shown, "state", "valid_until"] if obj else [*shown, "copy_from"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # An edition is made once; what it says is changed in its entries, when it begins in a new draft.
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return
        given = dict(form.cleaned_data)
        source = given.pop("copy_from")
        by = actor_of(request)
        made = (
            actions.new_version_from(source, by=by, **given)
            if source
            else actions.new_version(given.pop("code"), given.pop("name"), by=by, **given)
        )
        obj.pk = made.pk


def _done(_: object) -> None:
    """A button's answer that is not a secret to be shown."""


class EntryForm(_EntryForm):
    """An entry; the standards to choose from are those that the platform knows, or the city's own list of fields."""

    subject_kinds = forms.MultipleChoiceField(
        choices=SubjectKind.choices, label="适用主体", widget=forms.CheckboxSelectMultiple
    )
    standard = forms.ChoiceField(label="数据标准")
    fields_help = (
        "仅“自定义数据项”使用，JSON 数组，每项含 code（大写字母）、label、type、required、role 等，例如："
        '[{"code": "MC", "label": "名称", "type": "text", "required": true, "role": "subject_name"}]'
    )

    class Meta:
        model = CatalogueEntry
        fields = ("version", "item", *ENTRY_FIELDS, "providers")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if {"standard", "fields"} <= self.fields.keys():
            known = [(each.code, f"{each.name}（{each.code}）") for each in registry.all() if not each.accepted_as]
            self.fields["standard"].choices = [*known, (LOCAL, "自定义数据项")]  # type: ignore[attr-defined]
            self.fields["fields"].help_text = self.fields_help
            self.fields["fields"].widget = forms.Textarea(attrs={"rows": 12, "cols": 100, "class": "vLargeTextField"})
        if "version" in self.fields:
            drafts = CatalogueVersion.objects.filter(state=CatalogueState.DRAFT)
            self.fields["version"].queryset = drafts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        item = self.instance.item if self.instance.item_id else data.get("item")
        if data.get("standard") == LOCAL and item is not None:
            try:
                fromdict.standard_from_items(item.code, item.name, data.get("fields"))
            except DomainError as error:
                texts = [f"{finding.field} {finding.text}{finding.mend}".strip() for finding in error.findings]
                raise ValidationError({"fields": texts or [error.text]}) from error
        elif data.get("fields") and data.get("standard") not in (None, LOCAL):
            raise ValidationError({"fields": "选用已有数据标准时不填写自定义数据项。"})
        return data


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(PlatformAdmin):
    form = EntryForm
    list_display = ("item", "version", "category", "visibility", "standard", "publication", "cycle")
    list_filter = ("version", "category", "visibility", "publication")
    list_select_related = ("item", "version")
    search_fields = ("item__code", "item__name")
    autocomplete_fields = ("item",)
    filter_horizontal = ("providers",)
    fields = ("version", "item", *ENTRY_FIELDS, "providers")
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        draft = not isinstance(obj, CatalogueEntry) or is_draft(obj.version)
        return draft and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["version", "item"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        values = {name: given[name] for name in ENTRY_FIELDS if name in given}
        saved = actions.save_entry(
            obj.version, obj.item, values, by=actor_of(request), providers=list(given.get("providers", []))
        )
        obj.pk = saved.pk

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return isinstance(obj, CatalogueEntry) and self.has_change_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove_entry(obj, by=actor_of(request), reason="管理员从编制中的目录取消条目")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has set the providers."""


@admin.register(CatalogueItem)
class CatalogueItemAdmin(PlatformAdmin):
    list_display = ("code", "name")
    search_fields = ("code", "name")
    audit_verb = "catalogue.item"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Records, clients and uploads name an item by its code: it stays for good.
        return ["code"] if obj else []


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
