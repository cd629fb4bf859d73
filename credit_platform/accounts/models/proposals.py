"""Proposals of account matters that take two administrators."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from credit_platform.accounts import rules
from credit_platform.accounts.models.departments import Department
from credit_platform.accounts.models.staff import User
from credit_platform.accounts.rules.proposals import (
    DECIDED,
    LABELS,
    MATTERS,
    STANDS_DAYS,
    ProposalState,
    stands_until,
)
from credit_platform.labels import choices


class AccountProposalQuerySet(models.QuerySet["AccountProposal"]):
    def waiting(self) -> AccountProposalQuerySet:
        """Proposals that nobody has decided."""
        return self.filter(state=ProposalState.WAITING)

    def for_decision(self, user: User) -> AccountProposalQuerySet:
        """Proposals that wait for somebody else than who made them and whom they are about."""
        return self.waiting().exclude(proposer=user).exclude(target=user)

    def to_activate(self, username: str, now: datetime) -> AccountProposalQuerySet:
        """Confirmed proposals of an account whose code still works."""
        since = now - timedelta(days=STANDS_DAYS)
        return self.filter(state=ProposalState.CONFIRMED, target__username__iexact=username, decided_at__gt=since)

    def run_out(self, now: datetime) -> AccountProposalQuerySet:
        """Proposals that nobody decided in time, and codes that nobody used in time."""
        before = now - timedelta(days=STANDS_DAYS)
        waits = Q(state=ProposalState.WAITING, proposed_at__lte=before)
        return self.filter(waits | Q(state=ProposalState.CONFIRMED, decided_at__lte=before))


class AccountProposal(models.Model):
    """One matter of one account: proposed by one administrator, decided by another, ended by the person. Each administrator was shown
    one half of the activation code; the table holds digests of the halves."""

    matter = models.CharField("事项", max_length=12, choices=choices(MATTERS))
    state = models.CharField(
        "状态",
        max_length=12,
        choices=choices(LABELS),
        default=ProposalState.WAITING.value,
    )
    target = models.ForeignKey(
        User, verbose_name="账号", on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    username = models.CharField("账号名", max_length=50)
    full_name = models.CharField("姓名", max_length=60)
    roles = ArrayField(models.CharField(max_length=20), verbose_name="角色", default=list, blank=True)
    department = models.ForeignKey(
        Department, verbose_name="部门", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    proposer = models.ForeignKey(User, verbose_name="提出人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    decider = models.ForeignKey(
        User, verbose_name="核准人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("核准时间", null=True, blank=True)
    decision = models.CharField("核准意见", max_length=500, blank=True)
    first_half = models.CharField("激活码前半段摘要", max_length=64)
    second_half = models.CharField("激活码后半段摘要", max_length=64, blank=True)
    activated_at = models.DateTimeField("激活时间", null=True, blank=True)

    objects = AccountProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "账号事项核准"
        verbose_name_plural = "账号事项核准"
        ordering: ClassVar = ["-proposed_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("username"),
                condition=Q(state=ProposalState.WAITING.value),
                name="proposal_waits_once_for_an_account",
                violation_error_message="该账号已有一项待核准的事项。",
            ),
            models.CheckConstraint(
                condition=Q(decider__isnull=True) | ~Q(decider=F("proposer")), name="proposal_is_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in DECIDED]) | Q(decider__isnull=False),
                name="proposal_decision_has_its_decider",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True)
                | (~Q(target=F("proposer")) & (Q(decider__isnull=True) | ~Q(target=F("decider")))),
                name="proposal_is_about_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()}：{self.full_name}（{self.username}）"

    @property
    def role_labels(self) -> list[str]:
        return [rules.ROLE_LABELS[role] for role in self.roles if role in rules.ROLE_LABELS]

    @property
    def stands_until(self) -> datetime:
        """Until when it waits, or its code works."""
        return stands_until(self.decided_at or self.proposed_at)
