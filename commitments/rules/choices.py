"""Choices of the tables, made from the words of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K", bound=StrEnum)


def choices(labels: Mapping[K, str]) -> list[tuple[str, str]]:
    """`choices=` of a field from a table of labels."""
    return [(key.value, label) for key, label in labels.items()]
