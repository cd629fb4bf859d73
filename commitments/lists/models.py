"""The list of matters (承诺事项清单), the texts of letters, and the list of measures (违背承诺惩戒措施清单)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commitments.lists.rules.states import TEMPLATE_LABELS, TemplateState
from commitments.rules.kinds import MATTER_KIND_LABELS, MEASURE_KIND_LABELS, TYPE_LABELS, UNIT_LABELS, Unit
from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet, Edition, EditionQuerySet, Entry, EntryQuerySet, days_in_order
from credit_platform.labels import choices

VISIBILITY = [("public", "社会公开"), ("shared", "政务共享"), ("authorised", "授权查询")]


class MatterListQuerySet(EditionQuerySet["MatterList"]):
    """Editions of the list."""


class MatterList(Edition):
    """One edition of the city's list of matters for which commitments are taken."""

    objects = MatterListQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "承诺事项清单"
        verbose_name_plural = "承诺事项清单"
        constraints: ClassVar = [days_in_order("matter_list_dates")]


class Matter(models.Model):
    """The stable identity of a matter: letters and templates point here, whatever edition is in force."""

    code = models.CharField("事项编码", max_length=40, unique=True)
    name = models.CharField("事项名称", max_length=200)

    class Meta:
        verbose_name = "承诺事项"
        verbose_name_plural = "承诺事项"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MeasureQuerySet(DatedQuerySet["Measure"]):
    """Measures that may be taken."""


class Measure(models.Model):
    """One line of the list of measures: nothing outside it may follow a breach (国办发〔2020〕49号)."""

    code = models.CharField("措施编码", max_length=40, unique=True)
    name = models.CharField("措施名称", max_length=200)
    kind = models.CharField("措施种类", max_length=12, choices=choices(MEASURE_KIND_LABELS))
    months = models.PositiveSmallIntegerField(
        "期限（月）", null=True, blank=True, help_text="限制类措施的月数；整改期限由决定写明。"
    )
    after_false = models.BooleanField("适用于虚假承诺", default=True)
    after_unfulfilled = models.BooleanField("适用于未履行承诺", default=True)
    basis = models.TextField("法律依据")
    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "惩戒措施"
        verbose_name_plural = "违背承诺惩戒措施清单"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="bar") | Q(months__gt=0), name="measure_bar_has_months"),
            days_in_order("measure_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MatterEntryQuerySet(EntryQuerySet["MatterEntry"]):
    """Entries of the list."""


class MatterEntry(Entry):
    """What an edition of the list says about a matter."""

    edition = models.ForeignKey(MatterList, verbose_name="清单版本", on_delete=models.CASCADE, related_name="entries")
    matter = models.ForeignKey(Matter, verbose_name="承诺事项", on_delete=models.PROTECT, related_name="entries")
    batch = models.CharField("批次", max_length=40, blank=True, help_text="如：第一批。")
    kind = models.CharField("事项类别", max_length=12, choices=choices(MATTER_KIND_LABELS))
    power_code = models.CharField("权责清单编码", max_length=64, blank=True)
    department = models.ForeignKey(Department, verbose_name="受理单位", on_delete=models.PROTECT, related_name="+")
    commitment_type = models.CharField("承诺类型", max_length=12, choices=choices(TYPE_LABELS))
    subject_kinds = ArrayField(models.CharField(max_length=12), verbose_name="适用主体", default=list)
    who = models.TextField("适用条件", help_text="谁可以选择承诺、谁不可以。")
    notice = models.TextField("告知内容", help_text="承诺前必须让承诺人明白的事，用平实的话写。")
    online = models.BooleanField("可在线签署", default=False)
    visibility = models.CharField("公开类型", max_length=12, choices=VISIBILITY, default="public")
    first_after = models.PositiveSmallIntegerField("首次复核期限", default=60)
    first_unit = models.CharField(
        "首次复核单位", max_length=8, choices=choices(UNIT_LABELS), default=Unit.WORKDAY.value
    )
    every = models.PositiveSmallIntegerField("此后每隔", null=True, blank=True, help_text="不填表示只复核一次。")
    every_unit = models.CharField("间隔单位", max_length=8, choices=choices(UNIT_LABELS), default=Unit.MONTH.value)
    random_share = models.DecimalField(
        "随机抽查比例（%）",
        max_digits=5,
        decimal_places=2,
        default=0,
        help_text="每次抽查从履行中的承诺书里抽取的百分比。",
    )
    shortfall_after = models.PositiveSmallIntegerField(
        "材料补正期限", null=True, blank=True, help_text="容缺受理型必填。"
    )
    shortfall_unit = models.CharField(
        "补正期限单位", max_length=8, choices=choices(UNIT_LABELS), default=Unit.WORKDAY.value
    )
    measures = models.ManyToManyField(Measure, verbose_name="违诺措施", blank=True, related_name="entries")
    basis = models.TextField("设定依据", blank=True)

    objects = MatterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "清单条目"
        verbose_name_plural = "清单条目"
        ordering: ClassVar = ["edition", "position", "matter__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "matter"], name="matter_entry_once"),
            models.CheckConstraint(
                condition=~Q(commitment_type="shortfall") | Q(shortfall_after__gt=0),
                name="matter_shortfall_has_period",
                violation_error_message="容缺受理型事项须填写材料补正期限。",
            ),
            models.CheckConstraint(
                condition=Q(random_share__gte=0) & Q(random_share__lte=100), name="matter_share_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}（{self.edition}）"


class LetterTemplateQuerySet(EditionQuerySet["LetterTemplate"]):
    """Versions of texts; at most one of a matter may be signed on a day."""


class LetterTemplate(models.Model):
    """One version of the text that is signed for a matter.

    `body` is plain text in paragraphs; `{{名称}}` stands for what the signer fills in, each named in `blanks`
    (list of {"name", "label", "kind": "text" | "date" | "number", "required"}).
    """

    matter = models.ForeignKey(Matter, verbose_name="承诺事项", on_delete=models.PROTECT, related_name="templates")
    version = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    liability = models.TextField("违诺责任")
    blanks = models.JSONField("填写项", default=list, blank=True)
    state = models.CharField("状态", max_length=8, choices=choices(TEMPLATE_LABELS), default=TemplateState.DRAFT.value)
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "承诺书文本"
        verbose_name_plural = "承诺书文本"
        ordering: ClassVar = ["matter", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "version"], name="letter_template_version"),
            days_in_order("letter_template_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"
