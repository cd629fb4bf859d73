"""Associations with their authorisation, members, what is recorded of a member."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts.models import Department
from industry.associations import rules
from records.models import Subject


class AssociationQuerySet(models.QuerySet["Association"]):
    def current(self, on: date) -> AssociationQuerySet:
        """Authorised on a day: dates decide."""
        return self.filter(state=rules.State.AUTHORISED, valid_from__lte=on, valid_until__gte=on)


class Association(models.Model):
    """An association and what its competent department authorised it to."""

    subject = models.ForeignKey(Subject, verbose_name="行业协会商会", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, verbose_name="授权单位", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField("授权范围", max_length=300)
    document = models.CharField("授权文号", max_length=128)
    valid_from = models.DateField("授权起始日")
    valid_until = models.DateField("授权截止日")
    state = models.CharField("状态", max_length=12, choices=rules.STATE_CHOICES, default=rules.State.DRAFTED.value)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="拟定人", on_delete=models.PROTECT, related_name="+"
    )
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="授权人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_on = models.DateField("终止日期", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = "行业协会授权"
        verbose_name_plural = "行业协会授权"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(state__in=("drafted", "authorised")), name="association_authorised_once"
            ),
            models.CheckConstraint(
                condition=Q(authorised_by__isnull=True) | ~Q(authorised_by=F("drafted_by")),
                name="association_authorised_by_a_second_person",
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="association_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.subject.name

    def word_on(self, on: date) -> tuple[str, str]:
        """How it reads on a day, and its tone."""
        state = rules.State(self.state)
        if state is rules.State.AUTHORISED and on > self.valid_until:
            return "授权已到期", "neutral"
        return rules.LABELS[state], rules.TONES[state]


class Member(models.Model):
    """A firm that is a member of an association since a day, until it leaves."""

    association = models.ForeignKey(
        Association, verbose_name="行业协会商会", on_delete=models.PROTECT, related_name="members"
    )
    subject = models.ForeignKey(Subject, verbose_name="会员", on_delete=models.PROTECT, related_name="+")
    since = models.DateField("入会日期")
    until = models.DateField("退会日期", null=True, blank=True)

    class Meta:
        verbose_name = "协会会员"
        verbose_name_plural = "协会会员"
        ordering: ClassVar = ["association", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["association", "subject"], condition=Q(until__isnull=True), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject.name


class MemberRecordQuerySet(models.QuerySet["MemberRecord"]):
    def shown(self, on: date) -> MemberRecordQuerySet:
        """What the public reads: with the member's consent, of an association that is authorised on the day."""
        return self.filter(state=rules.RecordState.SHOWN, member__association__in=Association.objects.current(on))


class MemberRecord(models.Model):
    """What an association recorded of a member: market information, apart from the ledger."""

    member = models.ForeignKey(Member, verbose_name="会员", on_delete=models.PROTECT, related_name="records")
    kind = models.CharField("类别", max_length=12, choices=rules.KIND_CHOICES)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", max_length=2000)
    on = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=rules.RECORD_CHOICES, default=rules.RecordState.KEPT.value)
    entered_by = models.ForeignKey(CompanyAccount, verbose_name="录入账户", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("录入时间", default=timezone.now)
    appeal = models.TextField("会员申诉", max_length=2000, blank=True)
    answer = models.TextField("协会答复", max_length=2000, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MemberRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "会员自律记录"
        verbose_name_plural = "会员自律记录"
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state on pages."""
        return rules.RECORD_TONES[rules.RecordState(self.state)]
