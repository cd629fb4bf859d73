"""Tasks of the plan, who has them, what was done about them, contact persons and lists of documents."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessment.plan.rules import (
    CONTACT_LABELS,
    DOCUMENT_LABELS,
    DOCUMENT_TONES,
    DUE_LABELS,
    RESULT_LABELS,
    DocumentState,
    Due,
    EvidenceState,
    Result,
    Timing,
)
from casework.models import Case, Draw
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import Department, User
from credit_platform.editions.models import DatedQuerySet, days_in_order
from credit_platform.labels import choices


class Task(models.Model):
    """One of the 38 measures or of the four tasks of 组织实施. What another plan asks is another row, with its own basis."""

    number = models.CharField("序号", max_length=8)
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("任务", max_length=200)
    lead = models.CharField("牵头单位", max_length=200, blank=True)
    responsible = models.CharField("责任单位", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=100)
    issued_on = models.DateField("印发日期")
    due = models.CharField("期限种类", max_length=12, choices=choices(DUE_LABELS), default=Due.ONGOING.value)
    due_on = models.DateField("期限", null=True, blank=True)
    days = models.PositiveSmallIntegerField("印发后天数", default=0, help_text="自然日，遇休息日不顺延。")
    continues = models.BooleanField("完成后持续推进", default=False)
    indicator = models.CharField("对应的考核指标", max_length=20, blank=True)

    class Meta:
        verbose_name = "方案任务"
        verbose_name_plural = "方案任务"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["basis", "number"], name="task_number_of_a_plan"),
            models.CheckConstraint(
                condition=~Q(due__in=[Due.ONCE.value, Due.YEARLY.value]) | Q(due_on__isnull=False),
                name="task_once_on_a_day",
                violation_error_message="一次完成、按年报送的任务应当有期限。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def timing(self) -> Timing:
        """When it is due."""
        return Timing(Due(self.due), self.issued_on, self.due_on, self.days)


class TaskAssignmentQuerySet(DatedQuerySet["TaskAssignment"]):
    def visible_to(self, user: User, on: date | None = None) -> TaskAssignmentQuerySet:
        """Those of the user's department and of those it succeeded; the credit office sees all."""
        return within(self, user, on)


class TaskAssignment(models.Model):
    """A task of one department, with a due of its own where the task's does not say enough. A department that merged keeps its rows."""

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="assignments")
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField("牵头", default=False)
    due = models.CharField("期限种类", max_length=12, choices=choices(DUE_LABELS), blank=True)
    due_on = models.DateField("期限", null=True, blank=True)
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期", null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="分派人", on_delete=models.PROTECT, related_name="+"
    )

    objects = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任务分工"
        verbose_name_plural = "任务分工"
        ordering: ClassVar = ["task__position", "department__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "department"], condition=Q(valid_until__isnull=True), name="assignment_one_a_department"
            ),
            days_in_order("assignment_days_in_order"),
            models.CheckConstraint(
                condition=~Q(due__in=[Due.ONCE.value, Due.YEARLY.value]) | Q(due_on__isnull=False),
                name="assignment_once_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.task}"

    @property
    def timing(self) -> Timing:
        """When it is due for this department."""
        if not self.due:
            return self.task.timing
        return Timing(Due(self.due), self.valid_from, self.due_on, self.task.days)

    @property
    def timing_label(self) -> str:
        """The kind of due in words."""
        return DUE_LABELS[self.timing.kind]


class EvidenceQuerySet(models.QuerySet["EvidenceCase"]):
    def accepted(self) -> EvidenceQuerySet:
        """What the credit office accepted and no spot check has found untrue."""
        return self.filter(case__state=EvidenceState.ACCEPTED.value, refuted_on__isnull=True)


class EvidenceCase(models.Model):
    """What a department says that it did, beside its case; files are those of the case. `for_due`: the last day that it answers to."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="evidencecase")
    assignment = models.ForeignKey(
        TaskAssignment, verbose_name="任务分工", on_delete=models.PROTECT, related_name="evidence"
    )
    for_due = models.DateField("对应的期限", null=True, blank=True)
    done_on = models.DateField("完成日期")
    text = models.TextField("落实情况")
    document = models.CharField("文件名称和文号", max_length=200, blank=True)
    link = models.CharField("公开网址", max_length=300, blank=True)
    refuted_on = models.DateField("抽查不实日期", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "任务落实情况"
        verbose_name_plural = "任务落实情况"
        ordering: ClassVar = ["-case"]
        indexes: ClassVar = [models.Index(fields=["assignment", "for_due"], name="evidence_of_assignment")]

    def __str__(self) -> str:
        return f"{self.case} {self.assignment.task}"


class SpotCheckCase(models.Model):
    """One piece of evidence that chance picked, and what was seen there. An untrue one is confirmed by a second person."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="spotcheckcase")
    evidence = models.ForeignKey(
        EvidenceCase, verbose_name="落实情况", on_delete=models.PROTECT, related_name="spot_checks"
    )
    draw = models.ForeignKey(
        Draw, verbose_name="随机抽取", null=True, blank=True, on_delete=models.PROTECT, related_name="spot_checks"
    )
    result = models.CharField("核查结果", max_length=8, blank=True, choices=choices(RESULT_LABELS))
    finding = models.TextField("核查情况", blank=True)

    class Meta:
        verbose_name = "任务落实抽查"
        verbose_name_plural = "任务落实抽查"
        ordering: ClassVar = ["-case"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence", "draw"], name="spot_check_once_a_draw"),
            models.CheckConstraint(
                condition=~Q(result=Result.UNTRUE.value) | ~Q(finding=""), name="spot_check_untrue_with_a_finding"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class ContactQuerySet(DatedQuerySet["Contact"]):
    def visible_to(self, user: User, on: date | None = None) -> ContactQuerySet:
        """Contacts of one's own department; the credit office sees all. Nobody else reads their telephone."""
        return within(self, user, on)


class Contact(models.Model):
    """Who answers for the plan in a department, from when until when. A new one ends the former."""

    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=8, choices=choices(CONTACT_LABELS))
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=60)
    phone = models.CharField("办公电话", max_length=30)
    valid_from = models.DateField("起始日期")
    valid_until = models.DateField("终止日期", null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "联系人"
        verbose_name_plural = "联系人"
        ordering: ClassVar = ["department__code", "kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "kind"], condition=Q(valid_until__isnull=True), name="contact_one_of_a_kind"
            ),
            days_in_order("contact_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.get_kind_display()} {self.name}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User, on: date | None = None) -> DocumentQuerySet:
        """The list of one's own department; the credit office sees all."""
        return within(self, user, on)

    def issued(self) -> DocumentQuerySet:
        """What is issued: the public may read of it."""
        return self.filter(state=DocumentState.ISSUED.value)


class Document(models.Model):
    """One document of a department's list: planned, issued, repealed."""

    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, verbose_name="对应任务", on_delete=models.PROTECT, related_name="documents")
    title = models.CharField("文件名称", max_length=200)
    number = models.CharField("文号", max_length=100, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=choices(DOCUMENT_LABELS), default=DocumentState.PLANNED.value
    )
    planned_on = models.DateField("计划印发日期")
    issued_on = models.DateField("印发日期", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    link = models.CharField("公开网址", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "制度文件"
        verbose_name_plural = "制度文件"
        ordering: ClassVar = ["department__code", "task__position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=DocumentState.PLANNED.value) | (Q(issued_on__isnull=False) & ~Q(number="")),
                name="document_issued_with_a_number",
                violation_error_message="已印发的，请填写文号和印发日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.REPEALED.value) | Q(repealed_on__gte=F("issued_on")),
                name="document_repealed_after_it_was_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return DOCUMENT_TONES[DocumentState(self.state)]
