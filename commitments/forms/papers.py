"""Files in a form: several at once, each looked at by its content when the action keeps it."""

from __future__ import annotations

from typing import Any

from django import forms

from commitments.actions.papers import Given
from commitments.rules.papers import ACCEPT, LARGEST, MOST

HELP = f"PDF、JPG 或 PNG，每个不超过{LARGEST // 1048576}兆字节，一次最多{MOST}个。加密保存。"


class FilesInput(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PapersField(forms.FileField):
    """Cleans to a list of `Given`."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("help_text", HELP)
        super().__init__(*args, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        cleaned = [super(PapersField, self).clean(each, initial) for each in given] or [super().clean(None, initial)]
        # No more is read than the action would refuse anyway.
        return [Given(each.name, each.read(LARGEST + 1)) for each in cleaned[: MOST + 1] if each]
