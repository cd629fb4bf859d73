"""What the public may see of a record, from when, until when, masked how."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import Department, Role, User
from credit_platform.labels import choices
from disclosure import kinds
from disclosure.models.indexes import PUBLISHED
from disclosure.rules.marks import words
from disclosure.rules.states import LABELS, OPEN, TONES, State
from records.models import CreditRecord, Subject

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_SIGNS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def new_public_id() -> str:
    """A public id of 12 characters from 31, not guessable and easy to read aloud (59 bits)."""
    return secrets.token_bytes(12).translate(_SIGNS).decode()


def visible(day: date, through: str = "") -> Q:
    """What the public may see on a day (Asia/Shanghai), asked of disclosures or, by the path `through`, of what has one ("record__disclosure__").

    Dates decide, so a late sweep shows nothing expired. `waits_for_performance`: the rule set ends a period only when it has run out
    and the duty was performed.
    """
    running = Q(
        (f"{through}ends_on__isnull", True),
        (f"{through}ends_on__gte", day),
        (f"{through}waits_for_performance", True),
        _connector=Q.OR,
    )
    return running & Q((f"{through}state", State.PUBLISHED), (f"{through}published_on__lte", day))


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_on(self, day: date) -> DisclosureQuerySet:
        """What the public may see on a day."""
        return self.filter(visible(day))

    def ever_public(self, subject: Subject, kind: str) -> DisclosureQuerySet:
        """What the public could once see of a subject, of one kind: also what was repaired since or ran out, not what was withdrawn."""
        states = (State.PUBLISHED, State.SUSPENDED, State.ENDED, State.REPAIRED)
        return self.filter(subject=subject, kind=kind, state__in=states, published_on__isnull=False)

    def open(self) -> DisclosureQuerySet:
        """Not yet published: the seven working days still run."""
        return self.filter(state__in=OPEN)

    def due(self, on: date) -> DisclosureQuerySet:
        """Open and due on or before a day."""
        return self.open().filter(due_on__lte=on)

    def to_end(self, on: date) -> DisclosureQuerySet:
        """Shown until a day that has passed, and not yet marked as ended; one whose decision is said to be revoked waits for that first."""
        shown = self.filter(state__in=(State.PUBLISHED, State.SUSPENDED), awaits_confirmation=False)
        return shown.filter(ends_on__lt=on, waits_for_performance=False)

    def to_publish(self, on: date) -> DisclosureQuerySet:
        """Approved, and the day chosen for publication has come."""
        return self.filter(state=State.APPROVED, publish_from__lte=on)

    def to_correct(self) -> DisclosureQuerySet:
        """Shown, while the record says something else: a second person has to confirm the correction."""
        return self.filter(needs_correction=True, state__in=(State.PUBLISHED, State.SUSPENDED))

    def of_department(self, department_id: int | None) -> DisclosureQuerySet:
        """Those whose record the department entered."""
        return self.filter(source_department_id=department_id)

    def visible_to(self, user: User) -> DisclosureQuerySet:
        """What a staff member may handle: the own department's; the city credit office everything."""
        if Role.CREDIT_OFFICE in user.roles:
            return self
        if not user.department_id:
            return self.none()
        return self.of_department(user.department_id)


class Disclosure(models.Model):
    """The public face of one record. `shown` holds exactly what the public sees; nothing else of it is ever read."""

    record = models.OneToOneField(CreditRecord, on_delete=models.PROTECT, related_name="disclosure")
    public_id = models.CharField("公示编号", max_length=12, unique=True, default=new_public_id)
    kind = models.CharField("信息种类", max_length=24)
    subject = models.ForeignKey(Subject, verbose_name="信用主体", on_delete=models.PROTECT, related_name="disclosures")
    subject_name = models.CharField("公示名称", max_length=200)
    subject_code = models.CharField("公示代码", max_length=18, blank=True)
    # `disclosure_desk` begins with the department; who drafted, submitted and reviewed is only ever read from the row.
    source_department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    authority = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    district = models.CharField("决定机关所在区县", max_length=6, blank=True)
    title = models.CharField("事项", max_length=300)
    document_number = models.CharField("文书号", max_length=128)
    document_key = models.CharField("文书号（比对用）", max_length=128)
    decided_on = models.DateField("决定日期")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=choices(LABELS),
        default=State.DRAFT.value,
    )
    version = models.PositiveIntegerField("版本", default=1)
    on_entry = models.BooleanField("入库即公示", default=False)

    due_on = models.DateField("公示截止（7个工作日）")
    due_provisional = models.BooleanField("截止日为暂定", default=False)
    arrived_on = models.DateField("首次合规报送日期")
    arrival_late = models.BooleanField("迟报")
    late_reason = models.CharField("及时性结论及理由", max_length=300, blank=True)

    severity = models.CharField("失信严重程度", max_length=10, blank=True)
    severity_stated_by = models.CharField("严重程度认定来源", max_length=20, blank=True)
    severity_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="填写失信严重程度的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    awaits_confirmation = models.BooleanField("较轻认定、不公示或撤销，待他人确认", default=False, db_default=False)
    rule_set = models.CharField("适用规则", max_length=10, blank=True)
    published_at = models.DateTimeField("公示时间", null=True, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    earliest_repair_on = models.DateField("最早可申请修复日", null=True, blank=True)
    ends_on = models.DateField("公示截止日（含当日）", null=True, blank=True)
    waits_for_performance = models.BooleanField("期满且履行后终止，尚未履行", default=False)
    performed_on = models.DateField("履行、纠正完毕日期", null=True, blank=True)
    ends_explained = models.JSONField("公示期说明", default=dict, blank=True)
    ended_at = models.DateTimeField("停止公示时间", null=True, blank=True)
    ended_why = models.CharField("停止公示原因", max_length=300, blank=True)
    withdraw_due_on = models.DateField("撤回期限（3个工作日）", null=True, blank=True)
    public_note = models.CharField("对外说明", max_length=500, blank=True)

    shown = models.JSONField("公示内容", default=dict, blank=True)
    shown_record_version = models.PositiveIntegerField("公示内容对应记录版本", default=0)
    needs_correction = models.BooleanField("记录已变更，待更正", default=False)
    objected = models.BooleanField("决定机关异议待处理", default=False, db_default=False)
    corrected_on = models.DateField("最近更正日期", null=True, blank=True)
    marks = ArrayField(models.CharField(max_length=12), verbose_name="标注", default=list, db_default=[], blank=True)

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="最近修改记录的人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    masking_confirmed = models.BooleanField("已核对遮盖", default=False)
    publish_from = models.DateField("定于该日发布", null=True, blank=True)
    review_note = models.CharField("审核意见", max_length=500, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", default=timezone.now)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "公示事项"
        verbose_name_plural = "公示事项"
        indexes: ClassVar = [
            *PUBLISHED,
            models.Index(
                fields=["due_on", "id"],
                name="disclosure_due",
                condition=Q(state__in=("draft", "submitted", "returned", "approved")),
            ),
            models.Index(fields=["source_department", "state", "due_on", "id"], name="disclosure_desk"),
            models.Index(
                fields=["ends_on"], name="disclosure_to_end", condition=Q(state__in=("published", "suspended"))
            ),
            models.Index(
                fields=["source_department", "id"], name="disclosure_to_correct", condition=Q(needs_correction=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(reviewed_by=F("submitted_by")),
                name="disclosure_reviewer_is_not_submitter",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(drafted_by__isnull=True) | ~Q(reviewed_by=F("drafted_by")),
                name="disclosure_reviewer_is_not_drafter",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False, published_at__isnull=False),
                name="disclosure_published_has_day",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("decided_on")), name="disclosure_due_after_decision"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(ended_why=""), name="disclosure_withdrawn_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_number} {self.title}"

    @property
    def kind_label(self) -> str:
        """The Chinese name of its kind."""
        return kinds.label(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether the seven working days still run."""
        return State(self.state) in OPEN

    @property
    def mark_words(self) -> list[str]:
        """What stands beside it, as the public reads it."""
        return words(self.marks)

    @property
    def tone(self) -> str:
        """How its state is coloured; the word stands beside it."""
        return TONES.get(State(self.state), "neutral")
