"""What a repair holds beside its case: the item, why it is asked for, what the authority found, who decided what; and who may not ask for a while."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from commitments.models import CommitmentLetter, Signature
from credit_platform.accounts.models import User
from credit_platform.editions.models import DatedQuerySet
from credit_platform.labels import choices
from disclosure.models import Disclosure
from records.models import Subject
from records.queries.search import merged_with
from repair.rules.clocks import Course
from repair.rules.procedure import FINDING_LABELS, GROUND_LABELS, WAY_LABELS, Way
from sanctions.lists.models import ListEntry


def _person(words: str) -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=words,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )


class RepairCaseQuerySet(models.QuerySet["RepairCase"]):
    def open(self) -> RepairCaseQuerySet:
        """Repairs that are being handled."""
        return self.filter(is_open=True)

    def of(self, disclosure: Disclosure) -> RepairCaseQuerySet:
        """Repairs of one item, the latest first."""
        return self.filter(disclosure=disclosure).order_by("-case_id")

    def granted(self) -> RepairCaseQuerySet:
        """Repairs that took effect, whatever became of them since."""
        return self.filter(granted_on__isnull=False)


class RepairCase(models.Model):
    """One item and one application; of an item at most one is open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="repaircase")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="repairs"
    )
    entry = models.ForeignKey(
        ListEntry, verbose_name="名单条目", null=True, blank=True, on_delete=models.PROTECT, related_name="repairs"
    )
    way = models.CharField("申请事由", max_length=10, choices=choices(WAY_LABELS), default=Way.ORDINARY.value)
    told = models.TextField("情况说明", blank=True)
    profile = models.CharField("时限方案", max_length=20)
    applied_on = models.DateField("申请日期")
    said_performed_on = models.DateField("申请人填写的履行完毕日期", null=True, blank=True)
    signature = models.OneToOneField(
        Signature, verbose_name="信用承诺书", null=True, blank=True, on_delete=models.PROTECT, related_name="repair"
    )
    paper_letter = models.OneToOneField(
        CommitmentLetter,
        verbose_name="纸质信用承诺书",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="repair",
    )
    court = models.CharField("裁定法院", max_length=100, blank=True)
    ruling_number = models.CharField("裁定书文号", max_length=100, blank=True)
    ruling_on = models.DateField("裁定日期", null=True, blank=True)
    administrator = models.CharField("管理人", max_length=100, blank=True)
    plan_until = models.DateField("计划执行期限届满日", null=True, blank=True)
    asked_for = models.CharField("要求补正", max_length=500, blank=True)
    accepted_by = _person("受理人")
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    is_extended = models.BooleanField("已延长", default=False)
    verified_by = _person("核实人")
    verified_by_system = models.CharField("核实系统", max_length=100, blank=True)
    verified_on = models.DateField("核实反馈日期", null=True, blank=True)
    finding = models.CharField("核实结论", max_length=10, blank=True, choices=choices(FINDING_LABELS))
    finding_text = models.TextField("核实情况", blank=True)
    performed_on = models.DateField("核实的履行完毕日期", null=True, blank=True)
    document = models.CharField("移出（修复）决定文书号", max_length=128, blank=True)
    reviewed_by = _person("初审人")
    reviewed_on = models.DateField("初审日期", null=True, blank=True)
    opinion = models.TextField("初审意见", blank=True)
    decided_by = _person("决定人")
    answer = models.TextField("答复", blank=True)
    granted_on = models.DateField("修复生效日期", null=True, blank=True)
    shielded_by = _person("临时屏蔽决定人")
    shielded_on = models.DateField("临时屏蔽日期", null=True, blank=True)
    followed = models.TextField("回访情况", blank=True)
    final_ruling_number = models.CharField("执行完毕裁定书文号", max_length=100, blank=True)
    ground = models.CharField("拟撤销的事由", max_length=12, blank=True, choices=choices(GROUND_LABELS))
    accused_by = _person("告知人")
    undone_by = _person("撤销修复决定人")
    undone_on = models.DateField("撤销修复日期", null=True, blank=True)
    is_open = models.BooleanField("办理中", default=True)

    objects = RepairCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "信用修复"
        verbose_name_plural = "信用修复"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [
            models.Index(fields=["-granted_on", "-case"], name="repair_granted", condition=Q(granted_on__isnull=False))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(is_open=True), name="repair_one_open_of_an_item"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(decided_by=F("verified_by")),
                name="repair_who_verified_does_not_decide",
                violation_error_message="决定人不得是核实人。",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(reviewed_by__isnull=True) | ~Q(decided_by=F("reviewed_by")),
                name="repair_decided_by_a_second_person",
                violation_error_message="决定人不得是初审人。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(reviewed_by=F("verified_by")),
                name="repair_who_verified_does_not_review",
                violation_error_message="初审人不得是核实人。",
            ),
            models.CheckConstraint(
                condition=Q(shielded_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(decided_by=F("shielded_by")),
                name="repair_screen_ended_by_a_second_person",
                violation_error_message="终止或者完成的决定人不得是作出临时屏蔽的人。",
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) | (Q(accused_by__isnull=False) & ~Q(undone_by=F("accused_by"))),
                name="repair_undone_by_a_second_person",
                violation_error_message="撤销修复的决定人不得是告知人。",
            ),
            models.CheckConstraint(
                condition=Q(granted_on__isnull=True)
                | (Q(finding="met") & Q(decided_by__isnull=False) & Q(reviewed_by__isnull=False)),
                name="repair_granted_by_the_organs_word_and_two",
            ),
            models.CheckConstraint(
                condition=Q(signature__isnull=True) | Q(paper_letter__isnull=True), name="repair_promised_once"
            ),
            models.CheckConstraint(
                condition=Q(way=Way.ORDINARY.value)
                | (~Q(court="") & ~Q(ruling_number="") & Q(ruling_on__isnull=False)),
                name="repair_screened_by_a_ruling",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def course(self) -> Course:
        """Its days as the rules take them."""
        pauses = tuple(each.interval for each in self.case.pauses.all())
        return Course(self.applied_on, pauses, self.accepted_on, self.verified_on, is_extended=self.is_extended)

    @property
    def promise(self) -> CommitmentLetter | None:
        """The letter that was signed for it, online or on paper."""
        return self.signature.letter if self.signature is not None else self.paper_letter

    @property
    def item_name(self) -> str:
        """What is to be repaired, in words."""
        return str(self.entry.credit_list.name) if self.entry_id and self.entry else self.disclosure.kind_label


class RepairBlockQuerySet(models.QuerySet["RepairBlock"]):
    def of(self, subject: Subject, on: date) -> RepairBlockQuerySet:
        """Blocks of a subject that hold on a day, the longest first."""
        rows = self.filter(subject_id__in=merged_with(subject), since__lte=on, until__gte=on)
        return rows.order_by("-until", "-pk")


class RepairBlock(models.Model):
    """Until when no application of a subject is taken, because a repair of it was undone; shown to it and to who decides, never in public."""

    case = models.OneToOneField(
        RepairCase, verbose_name="信用修复", on_delete=models.PROTECT, related_name="block", primary_key=True
    )
    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("自")
    until = models.DateField("至（含当日）")
    basis = models.CharField("依据", max_length=300)

    objects = RepairBlockQuerySet.as_manager()

    class Meta:
        verbose_name = "修复限制"
        verbose_name_plural = "修复限制"
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="repair_block_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.until}"


class BlockRuleQuerySet(DatedQuerySet["BlockRule"]):
    """Rules by the day on which they hold."""


class BlockRule(models.Model):
    """For how many months no application is taken after a repair was undone: a row with a basis and days in force."""

    months = models.PositiveSmallIntegerField("不受理月数")
    basis = models.CharField("依据", max_length=300)
    certainty = models.CharField("依据确定程度", max_length=200, blank=True)
    valid_from = models.DateField("施行日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects = BlockRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "撤销修复后不受理期限"
        verbose_name_plural = "撤销修复后不受理期限"
        ordering: ClassVar = ["valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["valid_from"], name="block_rule_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="block_rule_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months}个月"


class RepairNotice(models.Model):
    """信用修复告知书 of a published item: made with its publication, what it said then, in whose name; given again as it was."""

    disclosure = models.OneToOneField(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="repair_notice", primary_key=True
    )
    number = models.CharField("告知书文号", max_length=64, unique=True)
    text = models.TextField("告知书内容")
    sha256 = models.CharField("文本摘要", max_length=64)
    made_on = models.DateField("制发日期")

    class Meta:
        verbose_name = "信用修复告知书"
        verbose_name_plural = "信用修复告知书"
        ordering: ClassVar = ["-made_on"]

    def __str__(self) -> str:
        return self.number
