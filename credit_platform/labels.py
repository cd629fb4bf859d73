"""Words of an enumeration as Django takes them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K", bound=StrEnum)


def choices(labels: Mapping[K, str]) -> list[tuple[str, str]]:
    """`choices=` of a model field, a form field or a filter, from a table of labels: (value, label) in its order."""
    return [(key.value, label) for key, label in labels.items()]
