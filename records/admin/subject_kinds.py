"""For whom an entry of a list is: ticked in the form of a draft, in words where the entry is only read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin

from credit_platform.editions.admin import EntryForm
from records.models import SubjectKind


class SubjectKindsForm(EntryForm):
    """An entry with kinds of subjects."""

    subject_kinds = forms.MultipleChoiceField(
        choices=SubjectKind.choices, label="适用主体", widget=forms.CheckboxSelectMultiple
    )


class SubjectKindsInWords:
    """Beside an EntryAdmin."""

    in_words: Mapping[str, str] = MappingProxyType({"subject_kinds": "shown_kinds"})

    @admin.display(description="适用主体")
    def shown_kinds(self, entry: Any) -> str:
        """Kinds of subjects in words."""
        return "、".join(str(SubjectKind(kind).label) for kind in entry.subject_kinds)
