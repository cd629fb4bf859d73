"""API clients: issued here, the key is shown once; afterwards they can only be read and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from credit_platform.accounts import actions, policy
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.accounts.models import ApiClient, Department

# Generic for the type checker only.
if TYPE_CHECKING:
    ModelForm = forms.ModelForm[ApiClient]
else:
    ModelForm = forms.ModelForm

SCOPE_LABELS = {"records.read": "查询本部门报送的记录和结果", "records.write": "报送信用记录"}
GIVEN = ["name", "department", "scopes", "expires_at", "rate_per_minute"]


def scope_label(scope: str) -> str:
    """A scope for people: what it opens, and the name that the documentation of the interface uses."""
    return f"{SCOPE_LABELS[scope]}（{scope}）" if scope in SCOPE_LABELS else scope


class ApiClientForm(ModelForm):
    scopes = forms.MultipleChoiceField(label="权限范围", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ApiClient
        fields: ClassVar = GIVEN

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "scopes" in self.fields:
            self.fields["scopes"].choices = [(scope, scope_label(scope)) for scope in policy.scopes()]  # type: ignore[attr-defined]

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if moment is not None and moment <= timezone.now():
            raise ValidationError("到期时间须晚于当前时间。")
        return moment


@admin.register(ApiClient)
class ApiClientAdmin(PlatformAdmin):
    form = ApiClientForm
    list_display = (
        "name",
        "department",
        "prefix",
        "shown_scopes",
        "expires_at",
        "revoked_at",
        "paused_at",
        "rate_per_minute",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = (
        "name",
        "prefix",
        "department__name",
    )
    list_select_related = ("department",)
    buttons = (
        Button(
            "revoke",
            "吊销密钥",
            lambda client, by, reason: actions.revoke_api_client(client, by=by, reason=reason),
            "密钥已吊销，立即失效。",
            applies=lambda client: client.revoked_at is None,
        ),
    )

    @admin.display(description="权限范围")
    def shown_scopes(self, client: ApiClient) -> str:
        return "、".join(scope_label(scope) for scope in client.scopes)

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        if obj is None:
            return GIVEN
        return ["shown_scopes" if name == "scopes" else name for name in GIVEN] + [
            "prefix",
            "created_at",
            "revoked_at",
            "paused_at",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "department":
            options["queryset"] = Department.objects.of_the_city().in_force(timezone.localdate())
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            return
        given = dict(form.cleaned_data)
        made, obj.issued_key = actions.issue_api_client(given.pop("name"), by=actor_of(request), **given)
        obj.pk = made.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.show_secret(request, obj, f"接口客户端“{obj.name}”的密钥", obj.issued_key)
