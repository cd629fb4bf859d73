"""Notices to departments and subjects, and the messages that carry them out of the house."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from casework.models.cases import Case
from credit_platform.accounts.models import Department, Role, User
from credit_platform.accounts.queries import own_department_ids
from records.models import Subject


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def to_staff(self, user: User) -> NoticeQuerySet:
        """What somebody reads at the desk: of the own department and those it succeeded; the credit office what it is told itself."""
        if Role.CREDIT_OFFICE in user.roles:
            return self.filter(office=True)
        if not user.department_id:
            return self.none()
        return self.filter(department_id__in=own_department_ids(user.department_id, timezone.localdate()))

    def of_subject(self, subject: Subject) -> NoticeQuerySet:
        """What a subject reads on its own page, the newest first."""
        return self.filter(subject=subject).select_related("case").order_by("-on", "-pk")


class Notice(models.Model):
    """One thing that somebody is told: a department (its people read it on the desk) or a subject (on its own page)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField("种类", max_length=20)
    on = models.DateField("日期")
    about = models.DateField("所涉期限", null=True, blank=True)
    department = models.ForeignKey(
        Department, verbose_name="单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    office = models.BooleanField("告知信用办", default=False)
    subject = models.ForeignKey(
        Subject, verbose_name="主体", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField("内容", max_length=500)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "-on", "-id"], name="notice_of_department"),
            models.Index(fields=["subject", "-on", "-id"], name="notice_of_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, subject__isnull=True, office=False)
                | Q(department__isnull=True, subject__isnull=False, office=False)
                | Q(department__isnull=True, subject__isnull=True, office=True),
                name="notice_to_one",
            ),
            # A second run of the sweep tells nothing twice; a deadline that moved is told anew.
            models.UniqueConstraint(
                fields=["case", "kind", "about"],
                condition=Q(about__isnull=False),
                name="notice_once_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Message(models.Model):
    """A notice on its way out of the house by one channel; `address` is encrypted."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        SENT = "sent", "已发送"
        FAILED = "failed", "未能发送"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField("渠道", max_length=20)
    address = models.BinaryField("接收地址（密文）")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_at = models.DateTimeField("下次发送时间", default=timezone.now)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    problem = models.CharField("未发送原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["next_at", "id"], name="message_waiting", condition=Q(state="waiting"))
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "channel"], name="message_once_a_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"
