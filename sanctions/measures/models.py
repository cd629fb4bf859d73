"""The list of measures in editions, and the fields of matters that approvals ask about."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.editions.models import DatedQuerySet, Edition, EditionQuerySet, Entry, EntryQuerySet
from credit_platform.labels import choices
from sanctions.measures import rules
from sanctions.measures.rules import Force, MeasureFacts, MeasureKind, Term, Whom


class MeasureListQuerySet(EditionQuerySet["MeasureList"]):
    """Editions of the list."""


class MeasureList(Edition):
    """One edition of the city's list of measures (联合奖惩措施清单)."""

    objects = MeasureListQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = "联合奖惩措施清单"
        verbose_name_plural = "联合奖惩措施清单"


class Measure(models.Model):
    """The stable identity of a measure: tasks, receipts and bans point here, whatever edition is in force."""

    code = models.CharField("措施编码", max_length=40, unique=True)
    name = models.CharField("措施名称", max_length=200)

    class Meta:
        verbose_name = "联合奖惩措施"
        verbose_name_plural = "联合奖惩措施"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MatterFieldQuerySet(DatedQuerySet["MatterField"]):
    def of_matter(self, code: str) -> MatterFieldQuerySet:
        """The fields that a matter falls under: the one of this code, and those that name it among their own matters."""
        return self.filter(Q(code=code) | Q(matters__contains=[code]))


class MatterField(models.Model):
    """What approvals ask about (政府采购, 食品经营许可 …). `matters` are codes of the power list (权责清单) that fall under it."""

    code = models.SlugField("领域代码", max_length=40, unique=True)
    name = models.CharField("领域名称", max_length=100)
    matters = ArrayField(models.CharField(max_length=64), verbose_name="事项编码", default=list, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = MatterFieldQuerySet.as_manager()

    class Meta:
        verbose_name = "核查事项领域"
        verbose_name_plural = "核查事项领域"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MeasureEntryQuerySet(EntryQuerySet["MeasureEntry"]):
    def on_lists(self, names: Collection[str]) -> MeasureEntryQuerySet:
        """Entries that a list brings about, by any of its names (its code, its nature)."""
        return self.filter(lists__overlap=list(names))

    def by_document(self, kind: str) -> MeasureEntryQuerySet:
        """Entries that a kind of document brings about without a list."""
        return self.filter(documents__contains=[kind])

    def in_matters(self, matters: Collection[str]) -> MeasureEntryQuerySet:
        """Entries that answer in one matter, by any of its codes, and those that answer in every one."""
        return self.filter(matters__overlap=[rules.EVERY_MATTER, *matters])

    def for_kind(self, subject_kind: str) -> MeasureEntryQuerySet:
        """Entries for a kind of subject of the ledger."""
        own = Whom.PERSON if subject_kind == "person" else Whom.FIRM
        return self.filter(whom__in=[own.value, Whom.BOTH.value])

    def duties(self) -> MeasureEntryQuerySet:
        """What somebody in the city has to do or to weigh; never what other organisations do on their own."""
        return self.exclude(kind=MeasureKind.AUTONOMOUS.value).exclude(force=Force.INFORM.value)


class MeasureEntry(Entry):
    """What an edition says of a measure."""

    edition = models.ForeignKey(MeasureList, verbose_name="清单版本", on_delete=models.CASCADE, related_name="entries")
    measure = models.ForeignKey(Measure, verbose_name="措施", on_delete=models.PROTECT, related_name="entries")
    base_item = models.CharField(
        "基础清单序号", max_length=20, blank=True, help_text="全国失信惩戒措施基础清单的序号，激励措施留空。"
    )
    kind = models.CharField("措施类别", max_length=12, choices=choices(rules.KIND_LABELS))
    force = models.CharField("约束力", max_length=8, choices=choices(rules.FORCE_LABELS))
    whom = models.CharField("适用对象", max_length=8, choices=choices(rules.WHOM_LABELS))
    lists = ArrayField(
        models.CharField(max_length=20),
        verbose_name="触发名单",
        default=list,
        blank=True,
        help_text="名单编码，或者 @serious（各严重失信主体名单）、@abnormal、@red、@watch。",
    )
    documents = ArrayField(models.CharField(max_length=20), verbose_name="触发文书", default=list, blank=True)
    matters = ArrayField(
        models.CharField(max_length=40), verbose_name="事项领域", default=list, help_text="领域代码；* 为各类事项。"
    )
    term = models.CharField("期限方式", max_length=8, choices=choices(rules.TERM_LABELS))
    months_least = models.PositiveSmallIntegerField("最短（月）", null=True, blank=True)
    months_most = models.PositiveSmallIntegerField("最长（月）", null=True, blank=True)
    authority = models.CharField("实施主体", max_length=200)
    departments = models.ManyToManyField(
        Department,
        verbose_name="本市执行单位",
        blank=True,
        related_name="+",
        help_text="名单列入后收到执行任务的单位；由法院、边检等实施的留空。",
    )
    basis = models.TextField("依据")
    legal_text = models.TextField("条文")
    note = models.CharField("说明", max_length=500, blank=True)

    objects = MeasureEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "措施清单条目"
        verbose_name_plural = "措施清单条目"
        ordering: ClassVar = ["edition", "position", "measure__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "measure"], name="measure_entry_once"),
            models.CheckConstraint(
                condition=~Q(kind="autonomous") | Q(force="inform"),
                name="measure_autonomous_is_no_duty",
                violation_error_message="其他组织自主实施的措施，约束力只能是“仅供参考”。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="rewarding") | ~Q(force="must"), name="measure_rewarding_is_no_must"
            ),
            models.CheckConstraint(condition=~Q(term="months") | Q(months_most__gt=0), name="measure_months_are_given"),
            models.CheckConstraint(
                condition=Q(months_least__isnull=True)
                | Q(months_most__isnull=True)
                | Q(months_most__gte=F("months_least")),
                name="measure_months_in_order",
            ),
            models.CheckConstraint(condition=~Q(basis="") & ~Q(legal_text=""), name="measure_has_its_law"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}（{self.edition}）"

    @property
    def facts(self) -> MeasureFacts:
        """As the rules read it."""
        return MeasureFacts(
            code=self.measure.code,
            name=self.measure.name,
            kind=MeasureKind(self.kind),
            force=Force(self.force),
            whom=Whom(self.whom),
            term=Term(self.term),
            lists=frozenset(self.lists),
            documents=frozenset(self.documents),
            matters=frozenset(self.matters),
            months_least=self.months_least,
            months_most=self.months_most,
        )

    @property
    def force_tone(self) -> str:
        """The colour of its force."""
        return rules.FORCE_TONES[Force(self.force)]

    @property
    def term_words(self) -> str:
        """The term as people read it."""
        return rules.term_in_words(self.term, self.months_least, self.months_most)
