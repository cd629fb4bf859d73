"""Checks as they were asked and answered, and what the units did with the answers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from checks.models.matters import CheckMatter
from checks.rules.states import CHANNEL_LABELS, PURPOSE_LABELS, RESULT_LABELS, State, state_of
from credit_platform.accounts import policy
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from records.models import Subject
from sanctions.measures.rules import VERDICT_LABELS


class CheckQuerySet(models.QuerySet["Check"]):
    def visible_to(self, user: User) -> Self:
        """Those of one's own unit; of the whole city for the credit office and the auditor."""
        if policy.allows(user, "checks.view_all"):
            return self
        return self.filter(department_id=user.department_id)

    def concluded(self) -> Self:
        """Whose outcome was told."""
        return self.filter(Exists(Outcome.objects.filter(check_asked=OuterRef("pk"))))

    def unconcluded(self) -> Self:
        """Whose outcome was not told yet."""
        return self.filter(~Exists(Outcome.objects.filter(check_asked=OuterRef("pk"))))

    def open(self, on: date) -> Self:
        """Neither told nor past their validity on a day: who asked is told when the subject's state changes."""
        return self.unconcluded().filter(valid_until__gte=on)

    def in_state(self, state: State, on: date) -> Self:
        """Those that stand in a state on a day."""
        match state:
            case State.TOLD:
                return self.concluded()
            case State.OPEN:
                return self.open(on)
            case State.EXPIRED:
                return self.unconcluded().filter(valid_until__lt=on)


class Check(models.Model):
    """One question and its answer. Append-only by trigger; written by one statement together with its entry in the audit (`checks_ask`).

    `facts` is what was known of the subject at that moment (NULL: nothing), `verdict` what followed for the matter; from both, and from the
    lists of that version, the answer can be made again word for word. `entry` is the number of the entry in the audit.
    """

    number = models.CharField("回执编号", max_length=30)
    asked_at = models.DateTimeField("核查时间", db_default=Now())
    # Without constraints in the database: `checks_ask` takes the keys from the rows themselves, and a lock of every check on the row of its
    # department and its matter would be where all of them queue.
    matter = models.ForeignKey(
        CheckMatter,
        verbose_name="核查事项",
        on_delete=models.PROTECT,
        related_name="checks",
        db_constraint=False,
        db_index=False,
    )
    case_number = models.CharField("办件编号", max_length=64)
    purpose = models.CharField("核查目的", max_length=16, choices=choices(PURPOSE_LABELS))
    channel = models.CharField("核查方式", max_length=12, choices=choices(CHANNEL_LABELS))
    department = models.ForeignKey(
        Department,
        verbose_name="核查单位",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    asker_kind = models.CharField("核查人类别", max_length=16)
    asker_id = models.BigIntegerField("核查人编号", null=True)
    asker_name = models.CharField("核查人", max_length=200)
    window = models.CharField("窗口", max_length=60, blank=True)
    subject = models.ForeignKey(
        Subject,
        verbose_name="信用主体",
        null=True,
        on_delete=models.PROTECT,
        related_name="checks",
        db_constraint=False,
        db_index=False,
    )
    code = models.CharField("所查代码", max_length=18, blank=True)
    name = models.CharField("所报名称", max_length=200, blank=True)
    name_fits = models.BooleanField("名称是否一致", null=True)
    as_of = models.DateField("截至日期", null=True)
    verdict = models.CharField("核查结论", max_length=10, choices=choices(VERDICT_LABELS))
    facts = models.JSONField("当时的情况", null=True)
    register = models.BigIntegerField("名单和措施版本")
    valid_until = models.DateField("有效期至")
    entry = models.BigIntegerField("审计记录编号", unique=True)
    job = models.BigIntegerField("文件批量", null=True)
    row = models.IntegerField("文件行次", null=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = "信用核查"
        verbose_name_plural = "信用核查"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "id"], name="check_of_department"),
            models.Index(fields=["subject", "id"], name="check_of_subject", condition=Q(subject__isnull=False)),
            models.Index(fields=["case_number", "department"], name="check_of_case"),
        ]
        constraints: ClassVar = [
            # A constraint and not `unique=True`, which brings a second index for searches by beginning: every index is paid by every check.
            models.UniqueConstraint(fields=["number"], name="check_number_once"),
            # A row of a file is asked once, however often its worker was killed.
            models.UniqueConstraint(
                fields=["job", "row"], condition=Q(job__isnull=False), name="check_row_of_job_once"
            ),
            models.CheckConstraint(
                condition=Q(facts__isnull=False) | Q(verdict="none"), name="check_verdict_has_facts"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def state_on(self, on: date) -> State:
        """Where it stands on a day."""
        return state_of(concluded=hasattr(self, "outcome"), valid_until=self.valid_until, on=on)


class Outcome(models.Model):
    """What the unit did with the answer: measures taken, or why a measure that had to be taken or weighed was not."""

    check_asked = models.OneToOneField(
        Check, primary_key=True, db_column="check_id", on_delete=models.PROTECT, related_name="outcome"
    )
    result = models.CharField("办理结果", max_length=12, choices=choices(RESULT_LABELS))
    decided_on = models.DateField("决定日期")
    measures = models.JSONField("采取的措施", default=list)
    reason = models.TextField("未采取措施的理由", blank=True)
    told_by = models.CharField("反馈人", max_length=200)
    told_at = models.DateTimeField("反馈时间", db_default=Now())

    class Meta:
        verbose_name = "核查结果反馈"
        verbose_name_plural = "核查结果反馈"
        ordering: ClassVar = ["-check_asked"]

    def __str__(self) -> str:
        return str(self.check_asked_id)

    @property
    def in_time(self) -> bool:
        """Whether the decision lay within the days for which the answer held."""
        return self.decided_on <= self.check_asked.valid_until
