"""A task of random inspection, its parts by department, and the list that was frozen for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models import Draw
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from supervision.inspections.items.models import Item, ItemEntry, ItemList
from supervision.inspections.items.rules.shares import WAY_LABELS, Way
from supervision.inspections.plans.models.plans import PlanBatch
from supervision.inspections.plans.rules.caps import LEFT_LABELS, Left
from supervision.inspections.plans.rules.states import (
    SHOWN_LABELS,
    SOURCE_LABELS,
    TASK_LABELS,
    TASK_PUBLIC,
    TASK_TONES,
    Shown,
    Source,
    TaskState,
)

_EARLY = [TaskState.DRAFT.value, TaskState.CANCELLED.value]


class TaskQuerySet(models.QuerySet["InspectionTask"]):
    def public(self) -> TaskQuerySet:
        """What was announced, whatever became of it."""
        return self.filter(state__in=[state.value for state in TASK_PUBLIC])

    def of_year(self, year: int) -> TaskQuerySet:
        """Tasks whose inspections begin in a year."""
        return self.filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def begun_anew(self) -> TaskQuerySet:
        """Those that were drawn once more, also where the first draw was void."""
        return self.public().filter(redrawn_as__isnull=False)


class InspectionTask(models.Model):
    """抽查任务. What was frozen never changes; `sealed_secret` makes the slips of its list and stays sealed."""

    number = models.CharField("任务编号", max_length=20, unique=True)
    department = models.ForeignKey(Department, verbose_name="发起单位", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("任务来源", max_length=8, choices=choices(SOURCE_LABELS), default=Source.PLAN.value)
    batch = models.ForeignKey(
        PlanBatch,
        verbose_name="计划批次",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    title = models.CharField("任务名称", max_length=100)
    reason = models.CharField("计划外任务的理由", max_length=500, blank=True)
    starts_on = models.DateField("检查开始日期")
    ends_on = models.DateField("检查结束日期")
    criteria = models.JSONField("筛选条件", default=dict, blank=True)
    scope = models.CharField("筛选条件说明", max_length=200)
    capacity = models.PositiveIntegerField("最多抽取（户）", null=True, blank=True)
    capacity_way = models.CharField(
        "超过时的取舍", max_length=8, choices=choices(WAY_LABELS), default=Way.LARGEST.value
    )
    capacity_reason = models.CharField("取舍理由", max_length=300, blank=True)
    band_upper = models.BooleanField("区间内没有整数时按上限", default=False)
    substitutes = models.BooleanField("未检查的由次序在后的替补", default=True)
    shown_from = models.CharField(
        "名单公示时间", max_length=8, choices=choices(SHOWN_LABELS), default=Shown.VISIT.value
    )
    state = models.CharField("状态", max_length=10, choices=choices(TASK_LABELS), default=TaskState.DRAFT.value)
    edition = models.ForeignKey(
        ItemList, verbose_name="事项清单版本", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    population = models.PositiveIntegerField("名单户数", default=0)
    excluded = models.PositiveIntegerField("排除户数", default=0)
    size = models.PositiveIntegerField("抽取户数", default=0)
    list_digest = models.CharField("名单摘要（SHA-256）", max_length=64, blank=True)
    exclusion_digest = models.CharField("排除名单摘要（SHA-256）", max_length=64, blank=True)
    sealed_secret = models.BinaryField("签条密钥（密文）", null=True)
    frozen_at = models.DateTimeField("冻结时间", null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="冻结人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="公布人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    draw = models.OneToOneField(
        Draw, verbose_name="随机抽取", null=True, blank=True, on_delete=models.PROTECT, related_name="inspection_task"
    )
    load_cap = models.PositiveSmallIntegerField("每人至多（户）", null=True, blank=True)
    redraw_of = models.OneToOneField(
        "self",
        verbose_name="重新抽取的原任务",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="redrawn_as",
    )
    ended_reason = models.CharField("取消、作废或者重新抽取的原因", max_length=500, blank=True)
    closed_on = models.DateField("完成日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "抽查任务"
        verbose_name_plural = "抽查任务"
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="inspection_task_days"),
            models.CheckConstraint(
                condition=Q(source=Source.AD_HOC.value, batch__isnull=True) & ~Q(reason="")
                | Q(source=Source.PLAN.value, batch__isnull=False),
                name="inspection_task_planned_or_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(committed_by__isnull=True) | ~Q(committed_by=F("frozen_by")),
                name="inspection_task_committed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_EARLY) | (Q(frozen_at__isnull=False) & ~Q(list_digest="")),
                name="inspection_task_frozen_first",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*_EARLY, TaskState.FROZEN.value]) | Q(draw__isnull=False),
                name="inspection_task_committed_has_draw",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "void", "redrawn"]) | ~Q(ended_reason=""),
                name="inspection_task_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(redraw_of__isnull=True) | ~Q(redraw_of=F("id")), name="inspection_task_not_its_own_redraw"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TASK_TONES[TaskState(self.state)]

    @property
    def is_directed(self) -> bool:
        """定向: narrowed beyond what the items themselves say."""
        return bool(self.criteria)


class TaskPart(models.Model):
    """What one department does in a task: the initiator leads, the others of a joint task draw inspectors of their own."""

    task = models.ForeignKey(InspectionTask, verbose_name="任务", on_delete=models.CASCADE, related_name="parts")
    department = models.ForeignKey(Department, verbose_name="检查主体", on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField("发起", default=False)

    class Meta:
        verbose_name = "任务分工"
        verbose_name_plural = "任务分工"
        ordering: ClassVar = ["task", "-leads", "department"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "department"], name="inspection_part_once"),
            models.UniqueConstraint(fields=["task"], condition=Q(leads=True), name="inspection_part_one_leads"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.department_id}"


class TaskItem(models.Model):
    """An item of a part. `sizes` says how many of each stratum are inspected for it, fixed with the list.

    The draw takes the most of all items, so that one visit serves several.
    """

    part = models.ForeignKey(TaskPart, verbose_name="分工", on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, verbose_name="抽查事项", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(
        ItemEntry, verbose_name="清单条目", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sizes = models.JSONField("各层抽取数", default=dict, blank=True)
    grounds = models.JSONField("各层抽取数的依据", default=dict, blank=True)

    class Meta:
        verbose_name = "任务事项"
        verbose_name_plural = "任务事项"
        ordering: ClassVar = ["part", "item"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["part", "item"], name="inspection_task_item_once")]

    def __str__(self) -> str:
        return str(self.item)


class Listed(models.Model):
    """Subjects as they stood when the list was frozen: a line for each, its code and its id, in the order of bytes of the codes."""

    code = models.CharField("代码", max_length=20)
    members = models.TextField("主体", help_text="每行一个：统一社会信用代码和平台编号。")
    count = models.PositiveIntegerField("户数")

    class Meta:
        abstract = True

    def codes(self) -> list[str]:
        """The code of each subject."""
        return [line.partition(" ")[0] for line in self.members.splitlines()]

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Code and id of each subject."""
        for line in self.members.splitlines():
            code, _, subject = line.partition(" ")
            yield code, int(subject)


class TaskStratum(Listed):
    """A tier of the frozen list: how many are drawn, and where that number is from."""

    task = models.ForeignKey(InspectionTask, verbose_name="任务", on_delete=models.PROTECT, related_name="strata")
    label = models.CharField("名称", max_length=60)
    size = models.PositiveIntegerField("抽取数")
    ground = models.CharField("依据", max_length=500)

    class Meta:
        verbose_name = "冻结的名单"
        verbose_name_plural = "冻结的名单"
        ordering: ClassVar = ["task", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "code"], name="inspection_stratum_once"),
            models.CheckConstraint(condition=Q(size__lte=F("count")), name="inspection_stratum_not_over_its_list"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.label}"


class TaskExclusion(Listed):
    """Who is left out of a frozen list for one reason (`plans.rules.caps.Left`)."""

    task = models.ForeignKey(InspectionTask, verbose_name="任务", on_delete=models.PROTECT, related_name="exclusions")

    class Meta:
        verbose_name = "排除的主体"
        verbose_name_plural = "排除的主体"
        ordering: ClassVar = ["task", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["task", "code"], name="inspection_exclusion_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.label}"

    @property
    def label(self) -> str:
        """The reason in words."""
        return LEFT_LABELS[Left(self.code)]
