"""Forms of signing online and of the public verify page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from commitments.lists.rules.texts import LONGEST
from companies.forms import secret
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, KitForm, required_message


class BlanksForm(KitForm):
    """The blanks of a letter's text, one field each, named `blank-<name>`."""

    def __init__(self, *args: Any, blanks: Sequence[Mapping[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        for blank in blanks:
            field = self.fields[f"blank-{blank['name']}"] = _field(blank)
            field.error_messages["required"] = required_message(field, str(field.label))

    def values(self) -> dict[str, str]:
        """What was filled in, by the blanks' names; dates as ISO."""
        given = {name.removeprefix("blank-"): value for name, value in self.cleaned_data.items()}
        return {name: "" if value is None else str(value) for name, value in given.items()}


def _field(blank: Mapping[str, Any]) -> forms.Field:
    label, required = str(blank.get("label") or blank["name"]), bool(blank.get("required", True))
    match blank.get("kind", "text"):
        case "date":
            return ChineseDateField(label=label, required=required)
        case "number":
            return forms.DecimalField(label=label, required=required, max_digits=18, decimal_places=4)
    return forms.CharField(label=label, required=required, max_length=LONGEST)


class SignForm(ActionForm):
    """The last step: read, and proved to be the one; `ask_password=False` after a fresh log-in at the unified login."""

    read = forms.BooleanField(label="我已阅读并理解告知内容和承诺书全文，自愿作出承诺")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = secret("密码", "current-password", help_text="再次输入登录密码，确认是本账户签署。")

    def __init__(self, *args: Any, ask_password: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not ask_password:
            del self.fields["password"]


class VerifyForm(KitForm):
    """A file against the hash that is kept. It changes nothing and asks for no session, so it carries no token."""

    file = forms.FileField(label="承诺书文件（PDF）", help_text="文件只在本次核对中使用，不保存。")
