"""Django's admin as a window: our log-in, our policy, and every change made by a named actor in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten, unquote
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.choices import BlankChoiceIterator

from credit_platform.accounts.admin_export import export
from credit_platform.accounts.admin_lookups import lookups_of
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.verbs import label_of
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors
from credit_platform.web.export import FORMATS
from credit_platform.web.forms import KitForm, required_message

# Generic for the type checker only.
if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


V = TypeVar("V", bound=Callable[..., HttpResponseBase])

OF_THE_PAGE = (PAGE_VAR, ALL_VAR, "e")
"""Parameters of a list that say which page of it is shown, and none of its rows."""
HISTORY = 200
"""Lines of an object's history."""


class CreditAdminSite(admin.AdminSite):
    """For the system administrator and the security administrator; each sees what its permissions open."""

    site_header = "信用中国（黑龙江哈尔滨）管理"
    site_title = "平台管理"
    index_title = "管理事项"
    site_url = "/desk/"
    enable_nav_sidebar = True

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One log-in page for everybody: lock-out and audit are there."""
        if request.user.is_authenticated:
            raise PermissionDenied("您的账号没有管理权限。")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("accounts:login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """As from the desk: with an audit entry, and to the one log-in page."""
        if isinstance(request.user, User):
            audit.record("accounts.logout", request.user, by=request.user)
        logout(request)
        return HttpResponseRedirect(reverse("accounts:login"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """One page for everybody: it keeps the former passwords and the audit entry."""
        return HttpResponseRedirect(reverse("accounts:password"))

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        """Whatever is posted happens in one transaction in which the administrator acts."""

        @wraps(view)
        def acted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and isinstance(request.user, User):
                with acting(request.user):
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return super().admin_view(cast(V, acted), cacheable)


@dataclass(frozen=True, slots=True)
class Button:
    """A verb on an object's page: a confirmation with a reason, then one action.

    `run(obj, by, reason)` calls the action; when it gives back a text, that is a secret to be shown once.
    """

    name: str
    label: str
    run: Callable[[Any, User, str], object]
    said: str
    applies: Callable[[Any], bool] = lambda obj: True
    reason_required: bool = True


class ReasonForm(KitForm):
    """Why; it goes into the audit entry."""

    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="将记入审计记录。"
    )


class PlatformAdmin(_ModelAdmin):
    """Base of the admin pages of every app: changes leave an audit entry with before and after, nothing is deleted.

    Register the model with `admin_rights.declare`. Pages whose changes are actions override `save_model` and call them;
    verbs on one object are `buttons`.
    """

    audit_verb = ""
    buttons: Sequence[Button] = ()
    change_form_template = "accounts/admin_change_form.html"
    object_history_template = "accounts/admin_history.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters beside a list ask for. Django lets every column of the model be asked, a password letter by letter."""
        return lookup in lookups_of(self)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data} if change else None
        super().save_model(request, obj, form, change)
        after = {name: _value(obj, name) for name in form.changed_data}
        verb = f"{self.audit_verb or obj._meta.label_lower}.{'change' if change else 'add'}"
        audit.record(verb, obj, by=actor_of(request), before=before and plain(before), after=plain(after))

    def get_urls(self) -> list[Any]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        own = [
            path("export/<slug:form>/", view(self.export_view), name=f"{name}_export"),
            path("<path:object_id>/do/<slug:button>/", view(self.do_view), name=f"{name}_do"),
        ]
        return [*own, *super().get_urls()]

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """The list as a file, `?` as in the list."""
        return export(self, request, form)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """As everywhere: a message names its field, and an empty choice says what to do."""
        form = super().get_form(request, obj, change=change, **options)
        for name, field in form.base_fields.items():
            field.error_messages["required"] = required_message(field, str(field.label or name))
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = "请选择" if field.empty_label else None
            elif isinstance(field, forms.ChoiceField) and isinstance(field.choices, BlankChoiceIterator):
                field.choices.blank_choice = [("", "请选择")]
        return form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        title = f"增加{self.opts.verbose_name}"
        return super().add_view(request, form_url, {"title": title, "subtitle": None} | (extra_context or {}))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = [{"label": label, "url": self._export_url(request, form)} for form, label in FORMATS.items()]
        told = {"title": self.opts.verbose_name_plural, "export_links": links}
        return super().changelist_view(request, told | (extra_context or {}))

    def _export_url(self, request: HttpRequest, form: str) -> str:
        asked = request.GET.copy()
        for name in OF_THE_PAGE:
            asked.pop(name, None)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export", args=[form])
        return f"{address}?{asked.urlencode()}" if asked else address

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        own: dict[str, Any] = {"buttons": self._fitting(request, obj) if obj is not None else []}
        if obj is not None:
            own |= {"title": f"{self.opts.verbose_name}：{obj}", "subtitle": None}
            # Nothing to save where everything is only read.
            if not set(flatten(self.get_fields(request, obj))) - set(self.get_readonly_fields(request, obj)):
                own |= {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, own | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What the audit keeps of an object, with the reasons that were given; the newest first."""
        obj = self.get_object(request, unquote(object_id))
        kept = AuditEntry.objects.about(obj)[:HISTORY] if obj is not None else []
        told = {"entries": [(entry, label_of(entry.verb)) for entry in kept]}
        return super().history_view(request, object_id, told | (extra_context or {}))

    def _fitting(self, request: HttpRequest, obj: Any) -> list[Button]:
        if not self.has_change_permission(request, obj):
            return []
        return [button for button in self.buttons if button.applies(obj)]

    def do_view(self, request: HttpRequest, object_id: str, button: str) -> HttpResponse:
        """Ask for the reason, then call the button's action."""
        obj = self.get_object(request, unquote(object_id))
        chosen = next((each for each in self._fitting(request, obj) if each.name == button), None) if obj else None
        if obj is None or chosen is None:
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        form = ReasonForm(request.POST or None)
        form.fields["reason"].required = chosen.reason_required
        if request.method == "POST" and form.is_valid():
            try:
                secret = chosen.run(obj, actor_of(request), form.cleaned_data["reason"])
            except DomainError as error:
                apply_errors(form, error)
            else:
                if isinstance(secret, str):
                    return self.show_secret(request, obj, chosen.said, secret)
                messages.success(request, chosen.said)
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{chosen.label}：{obj}",
            "opts": self.opts,
            "form": form,
            "button": chosen,
            "back": back,
        }
        return render(request, "accounts/admin_do.html", context, status=422 if form.errors else 200)

    def show_secret(self, request: HttpRequest, obj: models.Model, said: str, secret: str) -> HttpResponse:
        """A password or key, on this answer only: not in a message, which would lie in a cookie or the session."""
        context = {
            **self.admin_site.each_context(request),
            "title": said,
            "opts": self.opts,
            "object": obj,
            "secret": secret,
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
        }
        response = render(request, "accounts/admin_secret.html", context)
        response["Cache-Control"] = "no-store"
        return response


def actor_of(request: HttpRequest) -> User:
    """The administrator who asks."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _value(obj: models.Model, name: str) -> Any:
    field = obj._meta.get_field(name)
    return getattr(obj, getattr(field, "attname", name), None)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON can hold them; what it cannot becomes its text."""
    return {
        name: value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)
        for name, value in values.items()
    }
