"""Lists that come in editions, in the administration: an edition is made once, its entries are edited while it is a draft, then only shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from records.actions.editions import Editions
from records.models import SubjectKind
from records.rules import CatalogueState

MADE_WITH = ("code", "name", "basis", "valid_from")


def is_draft(edition: Any) -> bool:
    """Whether an edition is still being drawn up."""
    return bool(edition.state == CatalogueState.DRAFT)


def buttons_of(editions: Editions[Any, Any]) -> tuple[Button, Button]:
    """Issue a draft, repeal what is issued; both with a reason."""

    def issue(edition: Any, by: Any, why: str) -> None:
        editions.issue(edition, by=by, reason=why)

    def repeal(edition: Any, by: Any, why: str) -> None:
        editions.repeal(edition, by=by, reason=why)

    return (
        Button("issue", "发布", issue, f"{editions.name}已发布。", is_draft),
        Button("repeal", "废止", repeal, f"{editions.name}已废止。", lambda row: row.state == CatalogueState.ISSUED),
    )


class EditionAdmin(PlatformAdmin):
    """An edition; the form's `copy_from` names another one to begin with. Set `editions` and `buttons`."""

    editions: Editions[Any, Any]
    ordering = ("-valid_from",)

    @admin.display(description="条目")
    def entries_link(self, edition: Any) -> str:
        """The way to its entries."""
        entries = self.editions.entries._meta
        address = reverse(f"admin:{entries.app_label}_{entries.model_name}_changelist")
        return format_html('<a href="{}?{}__id__exact={}">查看条目</a>', address, self.editions.edition, edition.pk)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*MADE_WITH, "state", "valid_until"] if obj else [*MADE_WITH, "copy_from"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # An edition is made once; what it says is changed in its entries, when it begins in a new draft.
        return self.get_fields(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return
        given = dict(form.cleaned_data)
        source, by = given.pop("copy_from"), actor_of(request)
        obj.pk = (self.editions.new_from(source, by=by, **given) if source else self.editions.new(**given, by=by)).pk


class EntryAdmin(PlatformAdmin):
    """An entry of an edition. Set `editions` and `entry_fields`."""

    editions: Editions[Any, Any]
    entry_fields: tuple[str, ...]
    in_words: Mapping[str, str] = MappingProxyType({"subject_kinds": "shown_kinds"})
    """A field of codes → what writes it in words where it is only read."""
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        draft = obj is None or is_draft(getattr(obj, self.editions.edition))
        return draft and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request)

    @admin.display(description="适用主体")
    def shown_kinds(self, entry: Any) -> str:
        """Kinds of subjects in words."""
        return "、".join(str(SubjectKind(kind).label) for kind in entry.subject_kinds)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [self.editions.edition, self.editions.identity, *self.entry_fields, self.editions.many]
        if obj is None or self.has_change_permission(request, obj):
            return names
        return [self.in_words.get(name, name) for name in names]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.editions.edition, self.editions.identity, *self.in_words.values()] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        edition, of = getattr(obj, self.editions.edition), getattr(obj, self.editions.identity)
        values = {name: given[name] for name in self.entry_fields if name in given}
        chosen = list(given.get(self.editions.many, []))
        obj.pk = self.editions.save_entry(edition, of, values, by=actor_of(request), chosen=chosen).pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has set the choices."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.editions.remove_entry(
            obj, by=actor_of(request), reason=f"管理员从编制中的{self.editions.name}取消{self.editions.what}"
        )


class NamedOnceAdmin(PlatformAdmin):
    """What entries speak of. Records, clients and uploads name it by its code: that stays for good."""

    list_display = ("code", "name")
    search_fields = ("code", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []
