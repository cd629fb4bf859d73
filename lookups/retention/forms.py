"""Placing and ending a hold."""

from __future__ import annotations

from typing import Any

from django import forms

from casework import forms as kit
from credit_platform.web.forms import ActionForm, EditForm
from lookups.retention.kinds import labels


class HoldForm(ActionForm):
    """What is held back from disposal, and why."""

    kind = forms.ChoiceField(label="种类", choices=[])
    number = forms.CharField(label="编号", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(
        label="理由", max_length=300, widget=kit.LONG, help_text="例如：争议、调查、诉讼需要作为证据。"
    )
    document = forms.CharField(
        label="文书号", max_length=100, help_text="要求保全的文书；没有外部文书的，填本单位的内部审批号。"
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "请选择"), *labels().items()]


class ReleaseForm(EditForm):
    """A hold is to end."""

    reason = forms.CharField(label="解除理由", max_length=300, widget=kit.LONG)


class SecondForm(EditForm):
    """What the second person makes of it."""

    verdict = forms.ChoiceField(label="处理", choices=[], widget=forms.RadioSelect)

    def __init__(self, *args: Any, verdicts: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["verdict"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = verdicts
