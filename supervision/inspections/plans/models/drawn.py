"""Who was drawn, and who goes there: where the draw and the visit meet."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from records.models import Subject
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.plans.models.tasks import InspectionTask, TaskItem, TaskPart
from supervision.inspections.plans.rules.states import (
    OBJECT_ENDED,
    OBJECT_LABELS,
    OBJECT_TONES,
    SKIP_LABELS,
    ObjectState,
    Shown,
    TaskState,
)


class TaskObjectQuerySet(models.QuerySet["TaskObject"]):
    def open(self) -> TaskObjectQuerySet:
        """Neither public yet nor skipped."""
        return self.exclude(state__in=[state.value for state in OBJECT_ENDED])

    def counted(self, year: int) -> TaskObjectQuerySet:
        """What counts against the caps of a year: drawn in a task of that year, not skipped, and not drawn anew since."""
        rows = self.filter(task__starts_on__range=(date(year, 1, 1), date(year, 12, 31)))
        return rows.exclude(state=ObjectState.SKIPPED.value).exclude(task__state=TaskState.REDRAWN.value)

    def of_department(self, department: Department | int) -> TaskObjectQuerySet:
        """Those that a department visits, alone or together with others."""
        return self.filter(task__parts__department=department)

    def named(self) -> TaskObjectQuerySet:
        """Those whose name is public: the notice was served, or the result is out where the task said so."""
        told = Q(task__shown_from=Shown.NOTICE.value, notified_on__isnull=False)
        ended = [state.value for state in OBJECT_ENDED if state is not ObjectState.SKIPPED]
        return self.filter(told | Q(state__in=ended))


class TaskObject(models.Model):
    """One subject that was drawn in one task (检查任务对象).

    `place` is its rank in its stratum by `ticket`; a substitute names for whom it steps in.
    """

    task = models.ForeignKey(
        InspectionTask, verbose_name="任务", on_delete=models.PROTECT, related_name="objects_drawn"
    )
    subject = models.ForeignKey(
        Subject, verbose_name="检查对象", on_delete=models.PROTECT, related_name="inspection_objects"
    )
    stratum = models.CharField("监管等级", max_length=20)
    slip = models.CharField("签条", max_length=32)
    ticket = models.CharField("签号", max_length=64)
    place = models.PositiveIntegerField("次序")
    items = models.ManyToManyField(TaskItem, verbose_name="检查事项", related_name="+")
    state = models.CharField("状态", max_length=12, choices=choices(OBJECT_LABELS), default=ObjectState.ASSIGNED.value)
    notified_on = models.DateField("通知送达日期", null=True, blank=True)
    skip_reason = models.CharField("未检查原因", max_length=12, blank=True, choices=choices(SKIP_LABELS))
    skip_note = models.CharField("未检查的证明材料和说明", max_length=500, blank=True)
    stands_for = models.OneToOneField(
        "self", verbose_name="替补", null=True, blank=True, on_delete=models.PROTECT, related_name="substitute"
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = TaskObjectQuerySet.as_manager()

    class Meta:
        verbose_name = "检查任务对象"
        verbose_name_plural = "检查任务对象"
        ordering: ClassVar = ["task", "stratum", "place"]
        indexes: ClassVar = [models.Index(fields=["subject", "task"], name="inspection_object_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "subject"], name="inspection_object_once"),
            models.UniqueConstraint(fields=["task", "slip"], name="inspection_object_slip_once"),
            models.CheckConstraint(
                condition=~Q(state=ObjectState.SKIPPED.value) | (~Q(skip_reason="") & ~Q(skip_note="")),
                name="inspection_object_skipped_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(stands_for__isnull=True) | ~Q(stands_for=F("id")),
                name="inspection_object_no_substitute_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.slip}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return OBJECT_TONES[ObjectState(self.state)]

    def begun(self) -> bool:
        """Whether some authority has begun its visit (a room above keeps it) and not ended it as skipped."""
        return self.visits.exclude(case__state=ObjectState.SKIPPED.value).exists()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> AssignmentQuerySet:
        """Who goes there now."""
        return self.filter(ended_on__isnull=True)


class Assignment(models.Model):
    """An inspector who goes to an object for a part of the task; `rank` is the place in the object's own order.

    Who was replaced stays, with the reason.
    """

    object = models.ForeignKey(
        TaskObject, verbose_name="检查任务对象", on_delete=models.PROTECT, related_name="assignments"
    )
    part = models.ForeignKey(TaskPart, verbose_name="分工", on_delete=models.PROTECT, related_name="assignments")
    inspector = models.ForeignKey(
        Inspector, verbose_name="检查人员", on_delete=models.PROTECT, related_name="assignments"
    )
    rank = models.PositiveIntegerField("次序")
    since = models.DateField("指派日期")
    ended_on = models.DateField("更换日期", null=True, blank=True)
    ended_reason = models.CharField("更换原因", max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "检查人员指派"
        verbose_name_plural = "检查人员指派"
        ordering: ClassVar = ["object", "part", "rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["object", "inspector"], name="inspection_assignment_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_reason=""), name="inspection_assignment_ended_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_id} {self.inspector_id}"
