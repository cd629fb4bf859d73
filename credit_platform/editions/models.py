"""What is issued in editions and in force by date. One set of days decides for all lists."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from credit_platform.editions.rules import LABELS, EditionState, status
from credit_platform.labels import choices

M = TypeVar("M", bound=models.Model)


def between(on: date, through: str = "") -> Q:
    """Rows whose `valid_from` and `valid_until`, each of which may be missing, have a day between them; `through` is a path ("version__")."""
    return (Q((f"{through}valid_from__isnull", True)) | Q((f"{through}valid_from__lte", on))) & (
        Q((f"{through}valid_until__isnull", True)) | Q((f"{through}valid_until__gte", on))
    )


def of_editions_in_force(on: date, edition: str) -> Q:
    """Entries of the edition in force on a day, without those whose own days exclude it; `edition` is the path to theirs."""
    return between(on) & between(on, f"{edition}__") & Q((f"{edition}__state", EditionState.ISSUED.value))


def days_in_order(name: str) -> models.CheckConstraint:
    """The constraint that nothing ends before it begins."""
    in_order = Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
    return models.CheckConstraint(condition=in_order, name=name)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from a day until a day."""

    def in_force(self, on: date) -> Self:
        """Rows in force on a day, its first and its last included."""
        return self.filter(between(on))


class EditionQuerySet(DatedQuerySet[M]):
    """Editions or versions that are drawn up, issued and taken back."""

    def in_force(self, on: date) -> Self:
        """What is issued and in force on a day; of one thing there is at most one."""
        return super().in_force(on).filter(state=EditionState.ISSUED.value)

    def issued(self) -> Self:
        """Everything that was ever issued, the newest first: what others than its makers may read."""
        return self.exclude(state=EditionState.DRAFT.value).order_by("-valid_from", "-pk")

    def drafts(self) -> Self:
        """What is still being drawn up."""
        return self.filter(state=EditionState.DRAFT.value)

    def coming(self, on: date) -> Self:
        """What is issued and begins after a day."""
        return self.filter(state=EditionState.ISSUED.value, valid_from__gt=on)


class EntryQuerySet(DatedQuerySet[M]):
    """Entries of editions; `edition` names the path to theirs."""

    edition: ClassVar[str] = "edition"

    def in_force(self, on: date) -> Self:
        """Entries of the edition in force on a day, without those whose own days exclude it."""
        return self.filter(of_editions_in_force(on, self.edition))

    def ever_in_force(self) -> Self:
        """Entries of editions that are issued, or were and began before they were repealed: for facts of an earlier day."""
        began = Q(
            (f"{self.edition}__state", EditionState.REPEALED.value), (f"{self.edition}__valid_until__isnull", False)
        )
        return self.filter(Q((f"{self.edition}__state", EditionState.ISSUED.value)) | began)


class Edition(models.Model):
    """One edition of a list."""

    code = models.SlugField("版本代号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=200)
    basis = models.CharField("发布依据", max_length=300)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=choices(LABELS),
        default=EditionState.DRAFT.value,
    )
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [days_in_order("%(app_label)s_%(class)s_days")]

    def __str__(self) -> str:
        return self.name

    def status_on(self, on: date) -> str:
        """What it is on a day, in words."""
        return status(self.state, self.valid_from, self.valid_until, on)


class Entry(models.Model):
    """What an edition says about one thing. The list adds the keys of its edition and of what the entry speaks of, and its fields."""

    valid_from = models.DateField("事项生效日期", null=True, blank=True)
    valid_until = models.DateField("事项失效日期", null=True, blank=True)
    position = models.PositiveIntegerField("序号", default=0)

    class Meta:
        abstract = True
