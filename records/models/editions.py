"""What is issued in editions and in force by date: the catalogue here, the lists of the apps above. One set of days decides for all."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from records.rules import CatalogueState

M = TypeVar("M", bound=models.Model)


def between(on: date, through: str = "") -> Q:
    """Rows whose `valid_from` and `valid_until`, each of which may be missing, have a day between them; `through` is a path ("version__")."""
    return (Q((f"{through}valid_from__isnull", True)) | Q((f"{through}valid_from__lte", on))) & (
        Q((f"{through}valid_until__isnull", True)) | Q((f"{through}valid_until__gte", on))
    )


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from a day until a day."""

    def in_force(self, on: date) -> Self:
        """Rows in force on a day, its first and its last included."""
        return self.filter(between(on))


class EditionQuerySet(DatedQuerySet[M]):
    """Editions or versions that are drawn up, issued and taken back."""

    def in_force(self, on: date) -> Self:
        """What is issued and in force on a day; of one thing there is at most one."""
        return super().in_force(on).filter(state=CatalogueState.ISSUED.value)


class EntryQuerySet(DatedQuerySet[M]):
    """Entries of editions; `edition` names the path to theirs."""

    edition: ClassVar[str]

    def in_force(self, on: date) -> Self:
        """Entries of the edition in force on a day, without those whose own dates exclude it."""
        issued = Q((f"{self.edition}__state", CatalogueState.ISSUED.value))
        return super().in_force(on).filter(between(on, f"{self.edition}__"), issued)
