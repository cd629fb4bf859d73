"""Joint actions, the tasks of departments, their lines, and the liftings."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casework.models import Case
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from sanctions.joint import rules
from sanctions.joint.rules import ItemState
from sanctions.lists.models import CreditList, ListEntry
from sanctions.lists.rules import WAY_LABELS
from sanctions.measures.models import MeasureEntry


class JointAction(models.Model):
    """One beginning: the entries of a list that came together, and how far they were pushed (`place` is the last target)."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="jointaction")
    credit_list = models.ForeignKey(CreditList, verbose_name="名单", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("发起事由", max_length=300)
    place = models.BigIntegerField("推送到", default=0)

    class Meta:
        verbose_name = "联合奖惩"
        verbose_name_plural = "联合奖惩"

    def __str__(self) -> str:
        return f"{self.credit_list}（{self.case_id}）"


class JointTarget(models.Model):
    """An entry that an action is about."""

    action = models.ForeignKey(JointAction, on_delete=models.PROTECT, related_name="targets")
    entry = models.ForeignKey(ListEntry, verbose_name="名单条目", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "联合奖惩对象"
        verbose_name_plural = "联合奖惩对象"
        constraints: ClassVar = [models.UniqueConstraint(fields=["action", "entry"], name="joint_target_once")]

    def __str__(self) -> str:
        return f"{self.entry}"


class JointTask(models.Model):
    """What one department has to do of an action. Its department stands here too, so that a constraint holds one task for each."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="jointtask")
    action = models.ForeignKey(JointAction, verbose_name="联合奖惩", on_delete=models.PROTECT, related_name="tasks")
    department = models.ForeignKey(Department, verbose_name="执行单位", on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField("拒绝理由", max_length=rules.LONGEST, blank=True)
    ruling = models.CharField("市信用办意见", max_length=rules.LONGEST, blank=True)

    class Meta:
        verbose_name = "联合奖惩任务"
        verbose_name_plural = "联合奖惩任务"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "department"], name="joint_task_one_a_department")
        ]

    def __str__(self) -> str:
        return f"{self.department}（{self.action_id}）"


class Lifting(models.Model):
    """What one department has to lift, because entries ended or because measures are past their own term."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.PROTECT, related_name="lifting")
    ended_on = models.DateField("解除事由发生日期")
    way = models.CharField("解除事由", max_length=10, blank=True, help_text="名单移出方式；留空为措施期限届满。")
    note = models.CharField("解除情况", max_length=rules.LONGEST, blank=True)

    class Meta:
        verbose_name = "联合奖惩解除"
        verbose_name_plural = "联合奖惩解除"

    def __str__(self) -> str:
        return self.why

    @property
    def why(self) -> str:
        """Why it is to be lifted, in words."""
        ways = {key.value: label for key, label in WAY_LABELS.items()}
        return ways.get(self.way, self.way) if self.way else "措施期限届满"


class JointItemQuerySet(models.QuerySet["JointItem"]):
    def to_do(self) -> JointItemQuerySet:
        """Lines that nobody has answered."""
        return self.filter(state=ItemState.OPEN.value)

    def taken(self) -> JointItemQuerySet:
        """Measures that are being carried out."""
        return self.filter(state=ItemState.TAKEN.value)

    def past_their_term(self, on: date) -> JointItemQuerySet:
        """Measures whose own last day has passed: what the sweep asks to lift. Those that go with an entry end with it."""
        return self.taken().exclude(measure__term="entry").filter(until__lt=on)

    def listed(self) -> JointItemQuerySet:
        """With what a line shows, in the order of the task."""
        joined = ("entry__subject", "entry__credit_list", "measure__measure", "settled_by")
        return self.select_related(*joined).order_by("entry_id", "measure__position", "pk")


class JointItem(models.Model):
    """One line: one entry (so one subject), one measure, one department."""

    task = models.ForeignKey(JointTask, verbose_name="任务", on_delete=models.PROTECT, related_name="items")
    entry = models.ForeignKey(
        ListEntry, verbose_name="名单条目", on_delete=models.PROTECT, related_name="joint_items", db_index=False
    )
    measure = models.ForeignKey(
        MeasureEntry, verbose_name="措施", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(
        "执行情况",
        max_length=12,
        choices=choices(rules.ITEM_LABELS),
        default=ItemState.OPEN.value,
    )
    done_on = models.DateField("执行日期", null=True, blank=True)
    document_number = models.CharField("执行文书号", max_length=128, blank=True)
    until = models.DateField("措施截止日期", null=True, blank=True)
    note = models.CharField("说明", max_length=rules.LONGEST, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="填报人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    settled_at = models.DateTimeField("填报时间", null=True, blank=True)
    lifting = models.ForeignKey(
        Lifting, verbose_name="解除", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    lifted_on = models.DateField("解除日期", null=True, blank=True)

    objects = JointItemQuerySet.as_manager()

    class Meta:
        verbose_name = "联合奖惩措施执行"
        verbose_name_plural = "联合奖惩措施执行"
        ordering: ClassVar = ["task", "entry", "id"]
        indexes: ClassVar = [
            models.Index(fields=["task", "state"], name="joint_item_of_task"),
            models.Index(fields=["entry", "state"], name="joint_item_of_entry"),
            models.Index(fields=["until", "id"], name="joint_item_to_lift", condition=Q(state="taken")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "entry", "measure"], name="joint_item_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["taken", "lifting", "lifted"]) | Q(done_on__isnull=False),
                name="joint_item_taken_on_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="not_taken") | ~Q(note=""), name="joint_item_left_with_reason"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(done_on__isnull=True) | Q(until__gte=F("done_on")),
                name="joint_item_days_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["lifting", "lifted"]) | Q(lifting__isnull=False),
                name="joint_item_lifted_by_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_on__isnull=False), name="joint_item_lifted_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.entry_id} {self.measure_id}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return rules.ITEM_TONES[ItemState(self.state)]

    @property
    def evidence_role(self) -> str:
        """Under which use the files of this line are kept with the case of the task."""
        return f"item-{self.pk}"
