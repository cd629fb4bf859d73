"""The table of lists in the administration: a row is written, put in force and repealed by its verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.accounts.models import User
from sanctions.lists import actions
from sanctions.lists.models import CreditList
from sanctions.lists.rules import Grounds, Nature, against_force

DAYS = ("valid_from", "valid_until")
EDITED = tuple(
    each.name for each in CreditList._meta.concrete_fields if each.editable and each.name not in ("id", *DAYS)
)
"""What is written by hand; the days of a row are set by its verbs."""


class CreditListForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A row; one that is in force keeps its grounds."""

    class Meta:
        model = CreditList
        fields = EDITED

    def clean(self) -> dict[str, Any]:
        """What stands against a change of a row in force, each at its field."""
        given: dict[str, Any] = super().clean() or {}
        if self.instance.valid_from is not None:
            grounds = Grounds(
                nature=Nature(self.instance.nature),
                rank=given.get("basis_rank") or "",
                basis=given.get("basis") or "",
                standard_at=given.get("standard_at") or "",
                consultation_days=given.get("consultation_days"),
                review_due=given.get("review_due"),
            )
            for finding in against_force(grounds):
                self.add_error(finding.field, finding.text)
        return given


def _put_in_force(row: CreditList, by: User, reason: str) -> None:
    actions.put_in_force(row, since=timezone.localdate(), by=by, reason=reason)


def _repeal(row: CreditList, by: User, reason: str) -> None:
    actions.repeal(row, until=timezone.localdate(), by=by, reason=reason)


@admin.register(CreditList)
class CreditListAdmin(PlatformAdmin):
    form = CreditListForm
    audit_verb = "sanctions.list"
    list_display = (
        "code",
        "name",
        "nature",
        "authority",
        "basis_rank",
        "term_months",
        "publication",
        "review_due",
        *DAYS,
    )
    list_filter = ("nature", "basis_rank", "publication")
    search_fields = ("code", "name", "field")
    autocomplete_fields = ("department",)
    ordering = ("position", "code")
    buttons = (
        Button("enforce", "施行", _put_in_force, "已施行，自今日起。", applies=lambda row: row.valid_from is None),
        Button(
            "repeal",
            "废止",
            _repeal,
            "已废止，今日为最后一日。",
            applies=lambda row: row.valid_from is not None and row.valid_until is None,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(actions.FIXED) if obj is not None else []

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        if change:
            row = actions.save_list(values, by=actor_of(request), row=CreditList.objects.get(pk=obj.pk))
        else:
            row = actions.save_list(form.cleaned_data, by=actor_of(request))
        obj.pk = row.pk
