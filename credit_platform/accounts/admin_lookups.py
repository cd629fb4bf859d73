"""What the address of an admin list may ask for: what the filters beside the list ask for, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db import models

FILTER_VERBS = ("", "__exact", "__in", "__isnull", "__isempty", "__gte", "__lt")
"""How Django's filters ask for a field: a choice, nothing at all, a span of days."""
HIERARCHY_VERBS = ("__year", "__month", "__day", "__gte", "__lt")


def lookups_of(page: admin.ModelAdmin[Any]) -> frozenset[str]:
    """The lookups of a list's filters and of its row of dates."""
    found = {name + verb for name in _paths(page) for verb in FILTER_VERBS}
    found |= {str(name) for each in page.list_filter if (name := getattr(each, "parameter_name", None))}
    if page.date_hierarchy:
        found |= {page.date_hierarchy + verb for verb in HIERARCHY_VERBS}
    return frozenset(found)


def _paths(page: admin.ModelAdmin[Any]) -> Iterator[str]:
    for each in page.list_filter:
        name = each[0] if isinstance(each, tuple | list) else each
        if not isinstance(name, str):
            continue
        yield name
        field = get_fields_from_path(page.model, name)[-1]
        if isinstance(field, models.ForeignKey):
            yield f"{name}__{field.target_field.name}"
