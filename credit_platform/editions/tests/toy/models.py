from __future__ import annotations

from django.db import models

from credit_platform.editions.models import Edition, EditionQuerySet, Entry, EntryQuerySet


class ToyEdition(Edition):
    objects = EditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = verbose_name_plural = "示例清单"


class Toy(models.Model):
    """The stable identity: whatever edition is in force."""

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "示例事项"

    def __str__(self) -> str:
        return self.name


class ToyEntry(Entry):
    edition = models.ForeignKey(ToyEdition, verbose_name="版本", on_delete=models.CASCADE, related_name="entries")
    toy = models.ForeignKey(Toy, verbose_name="示例事项", on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("种类", max_length=8, choices=[("must", "应当"), ("may", "可以")])
    months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    basis = models.TextField("依据", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "示例条目"
        constraints = [models.UniqueConstraint(fields=["edition", "toy"], name="toy_entry_once")]

    def __str__(self) -> str:
        return str(self.toy)
