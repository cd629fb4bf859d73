"""Base forms of the platform: Chinese messages that name the field, a one-time token, the version of the edited row."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from credit_platform.errors import hidden, holds_citizen
from credit_platform.web.once import STALE, version_of

CHOOSE = (forms.ChoiceField, forms.ModelChoiceField)


class ChineseMessages:
    """Mixin: "请填写处罚决定日期。" instead of "这个字段是必填项。"; required marks come from the kit, not from HTML."""

    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            label = field.label or name
            field.error_messages["required"] = required_message(field, str(label))
            if isinstance(field, forms.CharField) and field.max_length:
                field.error_messages.setdefault("max_length", f"{label}不能超过 {field.max_length} 个字。")


def required_message(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"请确认“{label}”。"
    if isinstance(field, forms.FileField):
        return f"请选择要上传的{label}。" if "文件" not in label else "请选择要上传的文件。"
    if label.startswith("再次"):
        return f"请{label}。"
    return f"请{'选择' if isinstance(field, CHOOSE) else '填写'}{label}。"


class KitForm(ChineseMessages, forms.Form):
    """For forms that only ask (search, filter, preferences)."""


class ActionForm(ChineseMessages, forms.Form):
    """For forms that call an action. `token` goes to `once.submit_once`.

    No text of it may hold a citizen's number, but in fields whose widget says that it `takes_numbers` (and secrets): what people
    write into reasons, notes and descriptions is kept in clear, read by others and repeated in the audit.
    """

    takes_numbers = False

    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("form_token", uuid.uuid4())

    def clean_form_token(self) -> uuid.UUID:
        # A hidden field cannot be mended by the person, so a missing one becomes a fresh one rather than an error.
        return self.cleaned_data.get("form_token") or uuid.uuid4()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.takes_numbers:
            return
        for name, value in list(self.cleaned_data.items()):
            widget = self.fields[name].widget if name in self.fields else None
            exempt = isinstance(widget, forms.PasswordInput) or getattr(widget, "takes_numbers", False)
            if isinstance(value, str) and not exempt and holds_citizen(value):
                sent: Any = self.data
                self.data = sent = sent.copy()
                sent[self.add_prefix(name)] = hidden(value)
                self.add_error(name, f"“{self.fields[name].label}”中不得填写公民身份号码，已隐去，请改写后提交。")

    @property
    def token(self) -> uuid.UUID:
        token: uuid.UUID = self.cleaned_data["form_token"]
        return token


class EditForm(ActionForm):
    """For a form that edits `edited`: it carries the version that the person saw. Pass `form.version` to the action, which
    calls `once.require_version` after locking."""

    version_seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, edited: Model, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edited = edited
        self.initial.setdefault("version_seen", version_of(edited))

    def clean_version_seen(self) -> str:
        seen: str = self.cleaned_data["version_seen"]
        if seen != version_of(self.edited):
            raise ValidationError(STALE + "请打开最新的记录，核对后重新修改。", code="stale")
        return seen

    @property
    def version(self) -> str:
        version: str = self.cleaned_data["version_seen"]
        return version
