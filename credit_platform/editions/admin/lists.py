"""An edition is made once, its entries are edited while it is a draft, then only shown; what entries speak of keeps its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.editions.actions import Editions
from credit_platform.editions.admin.pages import EditionPages
from credit_platform.editions.rules import EditionState
from credit_platform.editions.workbook.book import Workbook

MADE_WITH = ("code", "name", "basis", "valid_from")

# Generic for the type checker only.
if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


def is_draft(edition: Any) -> bool:
    """Whether an edition is still being drawn up."""
    return bool(edition.state == EditionState.DRAFT)


def is_issued(edition: Any) -> bool:
    """Whether an edition was issued and not repealed."""
    return bool(edition.state == EditionState.ISSUED)


class EditionAdmin(PlatformAdmin):
    """The editions of a list. Set `editions`, and `workbook` where the list is edited in one."""

    editions: ClassVar[Editions[Any, Any]]
    workbook: ClassVar[Workbook[Any, Any] | None] = None
    list_display = ("name", "code", "status", "valid_from", "valid_until", "entries_link", "page_links")
    ordering = ("-valid_from",)

    def __init__(self, model: type[models.Model], site: admin.AdminSite) -> None:
        super().__init__(model, site)
        self.pages = EditionPages(self.editions, self.workbook, site)
        self.buttons = self._buttons()

    def _buttons(self) -> Sequence[Button]:
        """Issue a draft, repeal what is issued; both with a reason."""
        editions = self.editions

        def issue(edition: Any, by: Any, why: str) -> None:
            editions.issue(edition, by=by, reason=why)

        def repeal(edition: Any, by: Any, why: str) -> None:
            editions.repeal(edition, by=by, reason=why)

        return (
            Button("issue", "发布", issue, f"{editions.name}已发布。", is_draft),
            Button("repeal", "废止", repeal, f"{editions.name}已废止。", is_issued),
        )

    @admin.display(description="状态", ordering="state")
    def status(self, edition: Any) -> str:
        """What it is today: 编制中, 现行, 已被替代 …"""
        return str(edition.status_on(timezone.localdate()))

    @admin.display(description="条目")
    def entries_link(self, edition: Any) -> str:
        """The way to its entries."""
        entries = self.editions.entries._meta
        address = reverse(f"admin:{entries.app_label}_{entries.model_name}_changelist")
        return format_html('<a href="{}?{}__id__exact={}">查看条目</a>', address, self.editions.edition, edition.pk)

    @admin.display(description="文件和比较")
    def page_links(self, edition: Any) -> str:
        """The ways to its workbook and to what it changes."""
        links = [(self.pages.address("compare"), "to", "比较")]
        if self.workbook is not None:
            links.insert(0, (self.pages.address("workbook"), "edition", "下载"))
            if is_draft(edition):
                links.insert(1, (self.pages.address("upload"), "edition", "上传"))
        rows = ((address, key, edition.code, label) for address, key, label in links)
        return format_html_join("　", '<a href="{}?{}={}">{}</a>', rows)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            *(path(f"{name}/", view(page), name=self.pages.name(name)) for name, page in self.pages.views().items()),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """A new edition may begin with the entries of another one."""
        if obj is None:
            options["form"] = self._new_form()
        return super().get_form(request, obj, change=change, **options)

    def _new_form(self) -> type[forms.ModelForm[Any]]:
        others = forms.ModelChoiceField(
            self.editions.editions._default_manager.all(),
            label="从已有版本复制条目",
            required=False,
            help_text=f"留空则从空白{self.editions.name}开始。",
        )
        return type("EditionForm", (_ModelForm,), {"copy_from": others})

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


class EntryForm(_ModelForm):
    """An entry of a draft: what stands against it is told at its fields. The admin class gives it its list."""

    editions: ClassVar[Editions[Any, Any]]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the instance has what was typed only now
        if not self.errors:
            for finding in self.editions.unsound(self.instance):
                self.add_error(finding.field if finding.field in self.fields else None, finding.text + finding.mend)


class EntryAdmin(PlatformAdmin):
    """The entries of a list's editions. Set `editions`."""

    editions: ClassVar[Editions[Any, Any]]
    in_words: Mapping[str, str] = MappingProxyType({})
    """A field of codes → what writes it in words where it is only read."""
    form = EntryForm
    actions = None

    @property
    def entry_fields(self) -> tuple[str, ...]:
        """What is edited of an entry: its fields and its set of choices."""
        return (*self.editions.fields, *filter(None, [self.editions.many]))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        options["form"] = type("EntryForm", (self.form,), {"editions": self.editions})
        return super().get_form(request, obj, change=change, **options)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Only a draft takes an entry."""
        if db_field.name == self.editions.edition:
            editions = self.editions.editions._default_manager
            options["queryset"] = editions.filter(state=EditionState.DRAFT.value)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        draft = obj is None or is_draft(getattr(obj, self.editions.edition))
        return draft and super().has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [self.editions.edition, self.editions.identity, *self.entry_fields]
        if obj is None or self.has_change_permission(request, obj):
            return names
        return [self.in_words.get(name, name) for name in names]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.editions.edition, self.editions.identity, *self.in_words.values()] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        edition, of = getattr(obj, self.editions.edition), getattr(obj, self.editions.identity)
        values = {name: given[name] for name in self.editions.fields if name in given}
        chosen = list(given[self.editions.many]) if self.editions.many in given else None
        obj.pk = self.editions.save_entry(edition, of, values, by=actor_of(request), chosen=chosen).pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The action has set the choices."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        why = f"管理员从编制中的{self.editions.name}取消{self.editions.what}"
        self.editions.remove_entry(obj, by=actor_of(request), reason=why)


class NamedOnceAdmin(PlatformAdmin):
    """What entries speak of. Records, clients and uploads name it by its code: that stays for good."""

    list_display = ("code", "name")
    search_fields = ("code", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []
