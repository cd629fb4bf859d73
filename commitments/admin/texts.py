"""Texts of letters and measures: a text in use is never changed, a new version is drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from commitments.actions import texts as actions
from commitments.models import LetterTemplate, Measure
from commitments.rules.states import TemplateState
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of

TEXT_FIELDS = ("title", "body", "liability", "blanks", "valid_from")
MEASURE_FIELDS = ("name", "kind", "months", "after_false", "after_unfulfilled", "basis", "valid_from", "valid_until")
KINDS = ("text", "date", "number")

if TYPE_CHECKING:
    _TemplateForm = forms.ModelForm[LetterTemplate]
else:
    _TemplateForm = forms.ModelForm


class TemplateForm(_TemplateForm):
    """A draft of a text; what the signer fills in is a list."""

    class Meta:
        model = LetterTemplate
        fields = ("matter", *TEXT_FIELDS)
        help_texts = {  # noqa: RUF012
            "body": "分段的文字；由承诺人填写的地方写作 {{名称}}，每个名称都要列入填写项。",
            "blanks": '例如：[{"name": "地址", "label": "经营场所", "kind": "text", "required": true}]；kind 可为 text、date、number。',
        }

    def clean_blanks(self) -> list[dict[str, Any]]:
        given = self.cleaned_data["blanks"] or []
        if not isinstance(given, list) or not all(isinstance(each, dict) and each.get("name") for each in given):
            raise forms.ValidationError("填写项应为列表，每项含 name、label、kind、required。")
        wrong = [str(each["name"]) for each in given if each.get("kind", "text") not in KINDS]
        if wrong:
            raise forms.ValidationError(f"“{'、'.join(wrong)}”的 kind 应为 text、date 或 number。")
        return [{"label": each["name"], "kind": "text", "required": True} | each for each in given]


def _issue(template: Any, by: Any, why: str) -> None:
    actions.issue_template(template, by=by, reason=why)


def _retire(template: Any, by: Any, why: str) -> None:
    actions.retire_template(template, by=by, on=timezone.localdate(), reason=why)


@admin.register(LetterTemplate)
class TemplateAdmin(PlatformAdmin):
    form = TemplateForm
    list_display = ("title", "matter", "version", "state", "valid_from", "valid_until")
    list_filter = ("state",)
    list_select_related = ("matter",)
    search_fields = ("title", "matter__code", "matter__name")
    autocomplete_fields = ("matter",)
    actions = None
    buttons = (
        Button("issue", "启用", _issue, "文本已启用。", lambda row: row.state == TemplateState.DRAFT),
        Button("retire", "停用", _retire, "文本已停用。", lambda row: row.state == TemplateState.ISSUED),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["matter", *TEXT_FIELDS, *(["version", "state", "valid_until"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        fixed = ["matter", "version", "state", "valid_until"]
        return fixed if obj.state == TemplateState.DRAFT else [*fixed, *TEXT_FIELDS]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in TEXT_FIELDS if name in form.cleaned_data}
        if not change:
            obj.pk = actions.new_template(obj.matter, by=actor_of(request), **values).pk
        elif values:
            actions.edit_template(obj, values, by=actor_of(request))


@admin.register(Measure)
class MeasureAdmin(PlatformAdmin):
    list_display = ("code", "name", "kind", "months", "after_false", "after_unfulfilled", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    fields = ("code", *MEASURE_FIELDS)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        # Cases and notices name a measure by its code.
        return ["code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in MEASURE_FIELDS}
        obj.pk = actions.save_measure({"code": obj.code, **values}, by=actor_of(request)).pk
