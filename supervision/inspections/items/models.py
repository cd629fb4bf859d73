"""The list of items of random inspection in editions."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from credit_platform.accounts.models import Department
from credit_platform.editions.models import Edition, EditionQuerySet, Entry, EntryQuerySet
from credit_platform.labels import choices
from supervision.inspections.items.rules import lines
from supervision.inspections.items.rules.shares import RULE_LABELS


class ItemListQuerySet(EditionQuerySet["ItemList"]):
    """Editions of the list."""


class ItemList(Edition):
    """One edition of the city's list of items (随机抽查事项清单)."""

    objects = ItemListQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "随机抽查事项清单"
        verbose_name_plural = "随机抽查事项清单"


class Item(models.Model):
    """The stable identity of an item: plans, tasks and results point here, whatever edition is in force."""

    code = models.CharField("事项编码", max_length=40, unique=True)
    name = models.CharField("事项名称", max_length=200)

    class Meta:
        verbose_name = "抽查事项"
        verbose_name_plural = "抽查事项"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ItemEntryQuerySet(EntryQuerySet["ItemEntry"]):
    def of_department(self, department: Department | int) -> ItemEntryQuerySet:
        """What a department inspects."""
        return self.filter(departments=department)


class ItemEntry(Entry):
    """What an edition says of an item."""

    edition = models.ForeignKey(ItemList, verbose_name="清单版本", on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(Item, verbose_name="事项", on_delete=models.PROTECT, related_name="entries")
    part = models.CharField("子项", max_length=200, blank=True)
    weight = models.CharField("事项类别", max_length=8, choices=choices(lines.WEIGHT_LABELS))
    field = models.SlugField("监管领域", max_length=40, blank=True, help_text="分级监管的领域代码；通用的留空。")
    departments = models.ManyToManyField(Department, verbose_name="检查主体", blank=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=12), verbose_name="检查对象类型", default=list)
    methods = ArrayField(models.CharField(max_length=12), verbose_name="检查方式", default=list)
    share_rule = models.CharField(
        "比例规则", max_length=8, blank=True, choices=choices(RULE_LABELS), help_text="留空按分级监管比例。"
    )
    share_low = models.CharField("比例（下限）", max_length=20, blank=True, help_text="例如 3%、1/3。")
    share_high = models.CharField("比例上限", max_length=20, blank=True, help_text="比例为区间的填写。")
    per_year = models.PositiveSmallIntegerField("每年至多（次）", null=True, blank=True)
    staff = models.CharField("人员要求", max_length=200, blank=True)
    speciality = models.CharField(
        "专业要求", max_length=20, blank=True, help_text="填写的，每组至少一人有该专业，例如 食品、特种设备。"
    )
    basis = models.TextField("检查依据")

    objects = ItemEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "抽查事项条目"
        verbose_name_plural = "抽查事项条目"
        ordering: ClassVar = ["position", "item__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "item"], name="inspection_item_once_an_edition")
        ]

    def __str__(self) -> str:
        return str(self.item)
