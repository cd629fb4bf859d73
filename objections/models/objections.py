"""What an objection holds beside its case: the item, what is said to be wrong, the days of its course, what was found and answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from casework.rules.disputes import ABOUT_LABELS, About
from credit_platform.labels import choices
from disclosure.models import Disclosure
from objections.rules.claims import Claim
from objections.rules.clocks import Course
from objections.rules.outcomes import OUTCOME_LABELS, RIGHT_TO_OBJECT, SOURCE_LABELS
from objections.rules.procedure import LAPSE_AFTER, State

ITEM = "item"
"""The place of public items in the registry of what may be disputed."""


_RIGHT = sorted(RIGHT_TO_OBJECT)
WAS_RIGHT = Q(settled_outcome__in=_RIGHT) | Q(settled_outcome="", outcome__in=_RIGHT)
"""An objection that was right: by its answer, or where there was an appeal by the answer to that."""


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self) -> ObjectionQuerySet:
        """Objections that are being handled."""
        return self.filter(is_open=True)

    def of(self, disclosure: Disclosure) -> ObjectionQuerySet:
        """Objections to one item, the latest first."""
        return self.filter(disclosure=disclosure).order_by("-case_id")

    def silent(self, on: date) -> ObjectionQuerySet:
        """Forwarded objections whose source let its last day pass."""
        return self.filter(case__state="forwarded", case__due_on__lt=on, unverified_since__isnull=True)

    def taken(self) -> ObjectionQuerySet:
        """Objections that count against a second one of the same facts: not taken back, and by somebody known."""
        return self.counted().exclude(case__state=State.RETRACTED)

    def unconfirmed(self, on: date) -> ObjectionQuerySet:
        """Lodged without an account, and nobody came with papers within the days for it."""
        return self.filter(case__state=State.LODGED, filed_on__lt=on - timedelta(days=LAPSE_AFTER))

    def counted(self) -> ObjectionQuerySet:
        """What the statistics count: objections of somebody known."""
        return self.exclude(objector__isnull=False, confirmed_on__isnull=True)


class Objection(models.Model):
    """One objection; of the same facts at most one is open at a time (`is_open` follows the case)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="objection")
    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="subject_objections"
    )
    place = models.CharField("异议对象", max_length=20, default="item")
    place_number = models.CharField("对象编号", max_length=64, blank=True)
    about = models.CharField("异议事项", max_length=10, choices=choices(ABOUT_LABELS), default=About.CONTENT.value)
    field = models.CharField("项目代码", max_length=40, blank=True)
    label = models.CharField("项目", max_length=100, blank=True)
    shown_value = models.TextField("公示的内容", blank=True)
    claimed = models.TextField("应当是")
    grounds = models.TextField("理由")
    fingerprint = models.CharField("事实摘要", max_length=64)
    profile = models.CharField("时限方案", max_length=20)
    filed_on = models.DateField("提交日期")
    lodged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="无账户提交时登录的工作人员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核对身份的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    confirmed_on = models.DateField("确认身份日期", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="受理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    asked_for = models.CharField("要求补正", max_length=500, blank=True)
    forwarded_on = models.DateField("转办日期", null=True, blank=True)
    is_extended = models.BooleanField("已延长", default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="核实人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    answered_on = models.DateField("核实反馈日期", null=True, blank=True)
    finding = models.CharField("核实结论", max_length=10, blank=True, choices=choices(SOURCE_LABELS))
    source_text = models.TextField("核实情况", blank=True)
    unverified_since = models.DateField("逾期未核实自", null=True, blank=True)
    outcome = models.CharField("答复", max_length=10, blank=True, choices=choices(OUTCOME_LABELS))
    answer = models.TextField("答复内容", blank=True)
    answered_to_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="答复人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    appeal_until = models.DateField("可申请复核至", null=True, blank=True)
    appeal_reasons = models.TextField("复核理由", blank=True)
    appealed_on = models.DateField("申请复核日期", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="复核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    settled_outcome = models.CharField("复核结论", max_length=10, blank=True, choices=choices(OUTCOME_LABELS))
    settlement = models.TextField("复核答复", blank=True)
    is_open = models.BooleanField("办理中", default=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "异议"
        verbose_name_plural = "异议"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [models.Index(fields=["fingerprint", "-case"], name="objection_same_facts")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(is_open=True), name="objection_one_open_of_the_same_facts"
            ),
            models.CheckConstraint(
                condition=Q(answered_to_by__isnull=True)
                | Q(accepted_by__isnull=True)
                | ~Q(answered_to_by=F("accepted_by")),
                name="objection_answered_by_a_second_person",
                violation_error_message="答复人不得是受理人。",
            ),
            models.CheckConstraint(
                condition=Q(answered_to_by__isnull=True) | ~Q(answered_to_by=F("answered_by")),
                name="objection_source_does_not_answer",
                violation_error_message="核实人不得作出答复。",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | (
                    ~Q(settled_by=F("answered_to_by")) & (Q(accepted_by__isnull=True) | ~Q(settled_by=F("accepted_by")))
                ),
                name="objection_settled_by_a_third_person",
                violation_error_message="复核人不得是受理人或者答复人。",
            ),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answer=""), name="objection_answered_with_reasons"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(confirmed_by__isnull=False),
                name="objection_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (
                    (Q(lodged_by__isnull=True) | ~Q(lodged_by=F("confirmed_by")))
                    & (Q(answered_to_by__isnull=True) | ~Q(answered_to_by=F("confirmed_by")))
                    & (Q(settled_by__isnull=True) | ~Q(settled_by=F("confirmed_by")))
                ),
                name="objection_confirmed_by_another",
                violation_error_message="核对身份的人不得是提交人、答复人或者复核人。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def claim(self) -> Claim:
        """What it says, as the rules take it."""
        return Claim(
            claimed_of(self.disclosure, self.place, self.place_number), About(self.about), self.field, self.claimed
        )

    @property
    def course(self) -> Course:
        """Its days as the rules take them."""
        pauses = tuple(each.interval for each in self.case.pauses.all())
        return Course(
            self.filed_on, pauses, self.accepted_on, self.forwarded_on, self.answered_on, is_extended=self.is_extended
        )


def claimed_of(item: Disclosure, place: str, number: str) -> str:
    """What a claim is of: the public item, or another place with its number."""
    return item.public_id if place == ITEM else f"{place} {number}"
