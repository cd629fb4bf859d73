"""A visit beside its case: what is inspected, who goes there, whom the firm asked to stay away, what was found, what followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from companies.models import CompanyAccount
from credit_platform.labels import choices
from records.models import Subject
from records.queries.search import merged_with
from supervision.inspections.items.models import Item
from supervision.inspections.libraries.models import Inspector, Recusal
from supervision.inspections.libraries.rules import GROUND_LABELS
from supervision.inspections.plans.models import TaskObject, TaskPart
from supervision.inspections.plans.rules.caps import EXEMPT_LABELS
from supervision.inspections.plans.rules.states import SKIP_LABELS, ObjectState
from supervision.inspections.visits.rules.follow_ups import FOLLOW_UPS, OUTCOME_LABELS, STAGE_LABELS, Stage
from supervision.inspections.visits.rules.procedure import RULING_LABELS, Ruling
from supervision.inspections.visits.rules.results import RESULT_LABELS, Result

SHOWN = [state.value for state in ObjectState if state not in (ObjectState.ASSIGNED, ObjectState.SKIPPED)]


class VisitQuerySet(models.QuerySet["VisitCase"]):
    def of_subject(self, subject: Subject) -> VisitQuerySet:
        """What a subject may see of visits to itself: from the notice on."""
        return self.filter(case__subject_id__in=merged_with(subject), case__state__in=SHOWN)

    def of_year(self, year: int) -> VisitQuerySet:
        """Visits that took place in a year."""
        return self.filter(visited_on__range=(date(year, 1, 1), date(year, 12, 31)))


class VisitCase(models.Model):
    """One authority's part of a visit. `object` and `part` are those of the draw; outside the draw `exempt` says which of the ten kinds it is."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="visitcase")
    object = models.ForeignKey(
        TaskObject, verbose_name="抽查对象", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    part = models.ForeignKey(
        TaskPart, verbose_name="任务分工", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    exempt = models.CharField("计划外检查类型", max_length=14, blank=True, choices=choices(EXEMPT_LABELS))
    ground = models.CharField("检查事由", max_length=500, blank=True)
    approval_number = models.CharField("审批表编号", max_length=128, blank=True)
    notice_number = models.CharField("检查通知书文书号", max_length=128, blank=True)
    notice = models.TextField("通知内容", blank=True)
    notified_on = models.DateField("通知日期", null=True, blank=True)
    planned_on = models.DateField("拟检查日期", null=True, blank=True)
    visited_on = models.DateField("检查日期", null=True, blank=True)
    ended_on = models.DateField("检查结束日期", null=True, blank=True)
    first_inspector = models.ForeignKey(
        Inspector, verbose_name="检查人员一", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_inspector = models.ForeignKey(
        Inspector, verbose_name="检查人员二", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    others = models.ManyToManyField(Inspector, verbose_name="其他检查人员", blank=True, related_name="+")
    cards_from = models.DateField("执法证有效期起（最晚）", null=True, blank=True)
    cards_until = models.DateField("执法证有效期止（最早）", null=True, blank=True)
    account = models.TextField("检查情况", blank=True)
    result = models.CharField("检查结果", max_length=12, blank=True, choices=choices(RESULT_LABELS))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="结果填写人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="结果审核人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    skip_reason = models.CharField("不能检查的原因", max_length=12, blank=True, choices=choices(SKIP_LABELS))
    skip_evidence = models.CharField("证明材料和说明", max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "检查"
        verbose_name_plural = "检查"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object", "part"], condition=Q(object__isnull=False), name="visit_once_an_object_and_part"
            ),
            models.CheckConstraint(
                condition=Q(object__isnull=False, part__isnull=False, exempt="")
                | (Q(object__isnull=True, part__isnull=True) & ~Q(exempt="") & ~Q(ground="")),
                name="visit_drawn_or_of_an_exempt_kind",
            ),
            models.CheckConstraint(
                condition=Q(visited_on__isnull=True)
                | Q(
                    first_inspector__isnull=False,
                    second_inspector__isnull=False,
                    cards_from__lte=F("visited_on"),
                    cards_until__gte=F("visited_on"),
                )
                & ~Q(first_inspector=F("second_inspector")),
                name="visit_by_two_with_valid_cards",
                violation_error_message="检查人员不得少于两人，执法证应当在检查当日有效。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("visited_on")), name="visit_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("entered_by")),
                name="visit_reviewed_by_a_second_person",
                violation_error_message="审核人不得是结果填写人。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | (~Q(result="") & Q(ended_on__isnull=False)),
                name="visit_reviewed_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def subject(self) -> Subject:
        """Who is visited."""
        assert self.case.subject is not None  # noqa: S101 - a visit is opened of a subject
        return self.case.subject

    @property
    def kind_label(self) -> str:
        """What kind of inspection it is, as the ledger names it (国办发〔2024〕54号: 日常, 个案, 专项)."""
        if self.object_id is not None:
            return "双随机"
        return "投诉触发" if self.exempt == "complaint" else "其他"

    @property
    def origin(self) -> str:
        """Where it came from: the task of the draw, or the kind and the ground outside it."""
        return self.object.task.title if self.object else f"{self.get_exempt_display()}：{self.ground}"

    def open_follow_ups(self) -> Sequence[FollowUp]:
        """What is still to be done, the earliest first."""
        return list(self.follow_ups.filter(ended_on__isnull=True).order_by("due_on", "pk"))


class VisitItem(models.Model):
    """One item of a visit and its result."""

    visit = models.ForeignKey(VisitCase, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, verbose_name="检查事项", on_delete=models.PROTECT, related_name="+")
    result = models.CharField("检查结果", max_length=12, blank=True, choices=choices(RESULT_LABELS))
    finding = models.TextField("具体情况", blank=True)

    class Meta:
        verbose_name = "检查事项结果"
        verbose_name_plural = "检查事项结果"
        ordering: ClassVar = ["visit", "item__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "item"], name="visit_item_once")]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def as_result(self) -> Result:
        """The result."""
        return Result(self.result)


class RecusalRequest(models.Model):
    """The firm asks that an inspector stay away; decided before the visit, with reasons."""

    visit = models.ForeignKey(VisitCase, on_delete=models.PROTECT, related_name="recusal_requests")
    inspector = models.ForeignKey(Inspector, verbose_name="检查人员", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField("回避事由", max_length=10, choices=choices(GROUND_LABELS))
    account = models.CharField("说明", max_length=500)
    asked_by = models.ForeignKey(CompanyAccount, verbose_name="申请账户", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("申请日期")
    ruling = models.CharField("决定", max_length=8, choices=choices(RULING_LABELS), default=Ruling.OPEN.value)
    reasons = models.CharField("理由", max_length=500, blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="决定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ruled_on = models.DateField("决定日期", null=True, blank=True)
    recusal = models.OneToOneField(
        Recusal, verbose_name="回避", null=True, blank=True, on_delete=models.PROTECT, related_name="asked"
    )

    class Meta:
        verbose_name = "回避申请"
        verbose_name_plural = "回避申请"
        ordering: ClassVar = ["visit", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "inspector"], name="recusal_asked_once"),
            models.CheckConstraint(
                condition=Q(ruling=Ruling.OPEN.value)
                | (Q(ruled_by__isnull=False, ruled_on__isnull=False) & ~Q(reasons="")),
                name="recusal_ruled_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(ruling=Ruling.GRANTED.value) | Q(recusal__isnull=False), name="recusal_granted_is_a_recusal"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.inspector.name}（{self.get_ground_display()}）"


class FollowUp(models.Model):
    """What follows from one result: until when, and how it ended."""

    visit = models.ForeignKey(VisitCase, on_delete=models.PROTECT, related_name="follow_ups")
    item = models.ForeignKey(VisitItem, verbose_name="检查事项", on_delete=models.PROTECT, related_name="follow_ups")
    stage = models.CharField(
        "后续处理", max_length=8, choices=[(each.value, STAGE_LABELS[each]) for each in FOLLOW_UPS]
    )
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("期限")
    outcome = models.CharField("处理结果", max_length=12, blank=True, choices=choices(OUTCOME_LABELS))
    document = models.CharField("文书号", max_length=128, blank=True)
    note = models.CharField("处理情况", max_length=500, blank=True)
    ended_on = models.DateField("处理日期", null=True, blank=True)

    class Meta:
        verbose_name = "后续处理"
        verbose_name_plural = "后续处理"
        ordering: ClassVar = ["visit", "due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "stage"], name="follow_up_once_an_item_and_stage"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="follow_up_ended_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.item}"

    @property
    def kind(self) -> Stage:
        """The stage."""
        return Stage(self.stage)
