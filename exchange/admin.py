"""Partners, channels and mappings, as the system administrator prepares them; the credit office opens the channels at the desk."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.accounts.models import User
from exchange.actions.opening import enter_mapping, set_secret
from exchange.models import Channel, Mapping, Partner
from exchange.queries.fields import public_fields
from exchange.rules import mappings
from exchange.rules.channels import ChannelState, address_objection


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A partner whose address is encrypted, or of this machine."""

    class Meta:
        model = Partner
        fields = ("code", "name", "client", "address", "algorithm")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and (wrong := address_objection(address)):
            raise forms.ValidationError(wrong)
        return address


def _new_secret(row: Partner, by: User, reason: str) -> str:
    secret = secrets.token_urlsafe(36)
    set_secret(row, secret, by=by)
    return secret


@admin.register(Partner)
class PartnerAdmin(PlatformAdmin):
    form = PartnerForm
    list_display = ("code", "name", "client", "address", "algorithm", "secret_set_at")
    list_select_related = ("client",)
    search_fields = ("code", "name")
    buttons = (Button("secret", "生成共同密钥", _new_secret, "新的共同密钥（只显示这一次，请交给对方）"),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # The key is sealed for the code.
        return ["code"] if obj else []


@admin.register(Channel)
class ChannelAdmin(PlatformAdmin):
    list_display = ("partner", "direction", "kind", "way", "state")
    list_select_related = ("partner",)
    list_filter = ("direction", "way", "state")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["partner", "direction", "kind"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        running = obj is not None and obj.state == ChannelState.OPEN
        return not running and super().has_change_permission(request, obj)


class MappingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A version of a mapping, one pair a line; everything that stands against it is told at its field."""

    lines = forms.CharField(
        label="字段映射",
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="每行一项：本平台字段=对方字段。@ 开头的为各类信息共有的项目，例如 @subject_name。",
    )

    class Meta:
        model = Mapping
        fields: ClassVar = ("channel", "valid_from", "basis")

    def clean(self) -> dict[str, Any]:
        """What the action would refuse, beside the fields."""
        given: dict[str, Any] = super().clean() or {}
        channel, since = given.get("channel"), given.get("valid_from")
        if channel is None or since is None or "lines" not in given:
            return given
        newest = channel.mappings.order_by("-valid_from").first()
        for finding in mappings.findings(mappings.parsed(given["lines"]), public_fields(channel.kind)):
            self.add_error("lines", f"{finding.text}{finding.mend}")
        start = newest.valid_from if newest else None
        for finding in mappings.start_findings(since, start, timezone.localdate()):
            self.add_error("valid_from", f"{finding.text}{finding.mend}")
        return given


@admin.register(Mapping)
class MappingAdmin(PlatformAdmin):
    form = MappingForm
    list_display = ("channel", "valid_from", "basis")
    list_select_related = ("channel__partner",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["channel", "valid_from", "basis", "fields" if obj else "lines"]

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        given = form.cleaned_data
        fields = mappings.parsed(given["lines"])
        row = enter_mapping(
            given["channel"], fields, valid_from=given["valid_from"], basis=given["basis"], by=actor_of(request)
        )
        obj.pk = row.pk
