"""Labels of the rules as Django takes choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

S = TypeVar("S", bound=str)


def choices(labels: Mapping[S, str]) -> list[tuple[str, str]]:
    """(value, label) pairs of the members of an enumeration."""
    return [(str(key), label) for key, label in labels.items()]
