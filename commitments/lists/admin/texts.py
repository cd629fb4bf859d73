"""Texts of letters and measures: a text in use is never changed, a new version is drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from commitments.lists.actions import measures
from commitments.lists.actions import texts as actions
from commitments.lists.models import LetterTemplate, Measure
from commitments.lists.rules.states import TemplateState
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.web.lines import LinesField, Part, lines_of

TEXT_FIELDS = ("title", "body", "liability", "blanks", "valid_from")
MEASURE_FIELDS = ("name", "kind", "months", "after_false", "after_unfulfilled", "basis", "valid_from", "valid_until")
KINDS = {"文字": "text", "日期": "date", "数字": "number"}
BLANK = (
    Part("name", "名称"),
    Part("label", "显示名称", default=""),
    Part("kind", "类型", KINDS, default="text"),
    Part("required", "是否必填", {"必填": True, "选填": False}, default=True),
)
BLANK_HELP = (
    "每行一个填写项，依次写名称、显示名称、类型（文字、日期、数字）、必填或选填，用“｜”分开；"
    "后三项可以不写。例如：地址｜经营场所｜文字｜必填"
)

if TYPE_CHECKING:
    _TemplateForm = forms.ModelForm[LetterTemplate]
else:
    _TemplateForm = forms.ModelForm


class TemplateForm(_TemplateForm):
    """A draft of a text; what the signer fills in is a list."""

    blanks = LinesField(label="填写项", parts=BLANK, required=False, help_text=BLANK_HELP)

    class Meta:
        model = LetterTemplate
        fields = ("matter", *TEXT_FIELDS)
        help_texts = {  # noqa: RUF012
            "body": "分段的文字；由承诺人填写的地方写作 {{名称}}，每个名称都要列入填写项。",
        }

    def clean_blanks(self) -> list[dict[str, Any]]:
        given = self.cleaned_data["blanks"]
        if not isinstance(given, list) or not all(isinstance(each, dict) and each.get("name") for each in given):
            raise forms.ValidationError("每个填写项都要有名称。")
        wrong = [str(each["name"]) for each in given if each.get("kind", "text") not in KINDS.values()]
        if wrong:
            raise forms.ValidationError(f"“{'、'.join(wrong)}”的类型应为{'、'.join(KINDS)}。")
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

    @admin.display(description="填写项")
    def shown_blanks(self, template: LetterTemplate) -> str:
        """The blanks as they are written down."""
        return lines_of(template.blanks, BLANK) or "—"

    def _texts(self, obj: Any) -> list[str]:
        draft = obj is None or obj.state == TemplateState.DRAFT
        return [name if draft or name != "blanks" else "shown_blanks" for name in TEXT_FIELDS]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["matter", *self._texts(obj), *(["version", "state", "valid_until"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        fixed = ["matter", "version", "state", "valid_until"]
        return fixed if obj.state == TemplateState.DRAFT else [*fixed, *self._texts(obj)]

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
        obj.pk = measures.save_measure({"code": obj.code, **values}, by=actor_of(request)).pk
