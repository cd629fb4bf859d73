"""Django's admin as a window: our log-in, our policy, and every change made by a named actor in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import DomainError

# Generic for the type checker only.
if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


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

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whatever is posted happens in one transaction in which the administrator acts."""

        @wraps(view)
        def acted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and isinstance(request.user, User):
                with acting(request.user):
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return super().admin_view(acted, cacheable)


class PlatformAdmin(_ModelAdmin):
    """Base of the admin pages of every app: changes leave an audit entry with before and after, nothing is deleted.

    Register the model with `admin_rights.declare`. Pages whose changes are actions override `save_model` and call them.
    """

    audit_verb = ""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data} if change else None
        super().save_model(request, obj, form, change)
        after = {name: _value(obj, name) for name in form.changed_data}
        verb = self.audit_verb or f"{obj._meta.app_label}.{obj._meta.model_name}"
        word = "change" if change else "add"
        audit.record(f"{verb}.{word}", obj, by=_actor(request), before=before and _plain(before), after=_plain(after))

    def attempt(self, request: HttpRequest, said: str, act: Callable[[], object]) -> object:
        """Run an action for a button and say how it went."""
        try:
            answer = act()
        except DomainError as error:
            messages.error(request, error.text)
            return None
        messages.success(request, said)
        return answer


def _actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _value(obj: models.Model, name: str) -> Any:
    field = obj._meta.get_field(name)
    return getattr(obj, getattr(field, "attname", name), None)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)
        for name, value in values.items()
    }
