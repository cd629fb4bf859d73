"""The catalogue (公共信用信息目录): versions in force by date, items with a stable identity."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from credit_platform.accounts.models import Department
from credit_platform.editions.models import Edition, EditionQuerySet, Entry, EntryQuerySet, days_in_order


class Category(models.TextChoices):
    """The eleven categories of the national base catalogue, and what subjects give of themselves."""

    REGISTRATION = "registration", "登记注册基本信息"
    JUDICIAL = "judicial", "司法裁判及执行信息"
    ADMINISTRATIVE = "administrative", "行政管理信息"
    PROFESSIONAL = "professional", "职称和职业信息"
    ABNORMAL = "abnormal", "经营（活动）异常名录（状态）信息"
    SERIOUS = "serious", "严重失信主体名单信息"
    CONTRACT = "contract", "有关合同履行信息"
    COMMITMENT = "commitment", "信用承诺及履行情况信息"
    EVALUATION = "evaluation", "信用评价结果信息"
    COMPLIANCE = "compliance", "遵守法律法规情况信息"
    HONOUR = "honour", "诚实守信相关荣誉信息"
    VOLUNTARY = "voluntary", "信用主体自愿提供信息"


class VisibilityChoice(models.TextChoices):
    """公开属性."""

    PUBLIC = "public", "社会公开"
    SHARED = "shared", "政务共享"
    AUTHORISED = "authorised", "授权查询"
    PRIVATE = "private", "不予公开"


class CatalogueVersionQuerySet(EditionQuerySet["CatalogueVersion"]):
    """Editions of the catalogue."""


class CatalogueVersion(Edition):
    """One edition of the city's catalogue."""

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "目录版本"
        verbose_name_plural = "目录版本"
        constraints: ClassVar = [days_in_order("catalogue_version_dates")]


class CatalogueItem(models.Model):
    """The stable identity of an item: records point here, whatever edition of the catalogue is in force."""

    code = models.CharField("目录编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = "目录事项"
        verbose_name_plural = "目录事项"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CatalogueEntryQuerySet(EntryQuerySet["CatalogueEntry"]):
    edition = "version"

    def for_standard(self, standard: str) -> CatalogueEntryQuerySet:
        """Entries whose data are filled by a data standard."""
        return self.filter(standard=standard)


class CatalogueEntry(Entry):
    """What an edition of the catalogue says about an item."""

    class Publication(models.TextChoices):
        SEVEN_WORKDAYS = "seven_workdays", "决定之日起7个工作日内公示"
        ON_ENTRY = "on_entry", "入库即公示"
        NOT_PUBLISHED = "not_published", "不公示"

    class Nature(models.TextChoices):
        NEUTRAL = "neutral", "基础信息"
        POSITIVE = "positive", "守信信息"
        NEGATIVE = "negative", "失信信息"

    version = models.ForeignKey(
        CatalogueVersion, verbose_name="目录版本", on_delete=models.CASCADE, related_name="entries"
    )
    item = models.ForeignKey(CatalogueItem, verbose_name="目录事项", on_delete=models.PROTECT, related_name="entries")
    category = models.CharField("类别", max_length=16, choices=Category.choices)
    subject_kinds = ArrayField(models.CharField(max_length=12), verbose_name="适用主体", default=list)
    providers = models.ManyToManyField(
        Department, verbose_name="提供单位", blank=True, help_text="不选表示各有权部门均可提供。"
    )
    basis = models.TextField("归集依据")
    visibility = models.CharField("公开属性", max_length=12, choices=VisibilityChoice.choices)
    sharing = models.CharField("共享方式", max_length=100, blank=True)
    cycle = models.CharField("更新周期", max_length=60)
    standard = models.CharField("数据标准", max_length=40)
    fields = models.JSONField("自定义数据项", default=list, blank=True)
    publication = models.CharField("公示规则", max_length=16, choices=Publication.choices)
    nature = models.CharField("信息性质", max_length=12, choices=Nature.choices, default=Nature.NEUTRAL)

    objects = CatalogueEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "目录条目"
        verbose_name_plural = "目录条目"
        ordering: ClassVar = ["version", "position", "item__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "item"], name="catalogue_entry_once")]

    def __str__(self) -> str:
        return f"{self.item} （{self.version}）"
