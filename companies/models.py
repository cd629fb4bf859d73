"""Accounts of companies. A company is an Actor of kind "company"; its account is no member of staff and never becomes one."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.hashers import is_password_usable
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from companies.rules import HOLDING_LOGIN, LABELS, AccountState, lapses_on
from credit_platform.accounts.models import Department
from credit_platform.accounts.rules import password_is_due
from credit_platform.labels import choices
from records.models import Subject


class CompanyAccountQuerySet(models.QuerySet["CompanyAccount"]):
    def active(self) -> CompanyAccountQuerySet:
        """Accounts that may log in."""
        return self.filter(state=AccountState.ACTIVE)

    def holding_login(self) -> CompanyAccountQuerySet:
        """Accounts whose login name is taken."""
        return self.filter(state__in=HOLDING_LOGIN)

    def lapsed_by(self, moment: datetime) -> CompanyAccountQuerySet:
        """Applications made before a moment that nobody came with papers for."""
        return self.filter(state=AccountState.APPLIED, applied_at__lt=moment)


class CompanyAccount(models.Model):
    """One handler (经办人) of one subject. `phone` is encrypted; `outside_id` is what the unified login calls the person."""

    subject = models.ForeignKey(Subject, verbose_name="主体", on_delete=models.PROTECT, related_name="accounts")
    login = models.CharField("登录名", max_length=50)
    password = models.CharField("密码", max_length=128, blank=True)
    handler = models.CharField("经办人", max_length=60)
    phone = models.BinaryField("手机号（加密）", null=True, blank=True)
    phone_masked = models.CharField("手机号（隐去中间）", max_length=20, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=choices(LABELS),
        default=AccountState.APPLIED.value,
    )
    receipt = models.CharField("申请编号", max_length=20, unique=True)
    outside_id = models.CharField("统一认证标识", max_length=200, blank=True)
    applied_at = models.DateTimeField("申请时间", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_at_department = models.ForeignKey(
        Department, verbose_name="确认单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="代为申请的工作人员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reset_at = models.DateTimeField("最近重置密码时间", null=True, blank=True)
    reset_at_department = models.ForeignKey(
        Department, verbose_name="重置单位", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reset_reason = models.CharField("重置原因", max_length=300, blank=True, db_default="")
    evidence = models.CharField("核验材料", max_length=300, blank=True)
    reason = models.CharField("未通过或停用原因", max_length=300, blank=True)
    must_change_password = models.BooleanField("下次登录须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", default=timezone.now)
    last_login = models.DateTimeField("最近登录", null=True, blank=True)
    session_key = models.CharField("会话版本", max_length=32, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CompanyAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "主体账户"
        verbose_name_plural = "主体账户"
        ordering: ClassVar = ["-applied_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["applied_at"], name="company_applied", condition=Q(state="applied")),
            models.Index(fields=["subject"], name="company_of_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("login"),
                condition=Q(state__in=[s.value for s in HOLDING_LOGIN]),
                name="company_login_is_taken_once",
            ),
            models.UniqueConstraint(
                fields=["outside_id", "subject"],
                condition=~Q(outside_id="") & Q(state__in=[s.value for s in HOLDING_LOGIN]),
                name="company_outside_id_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(confirmed_at__isnull=False), name="company_active_was_confirmed"
            ),
            models.CheckConstraint(
                condition=Q(applied_by__isnull=True) | Q(confirmed_by__isnull=True) | ~Q(applied_by=F("confirmed_by")),
                name="company_applicant_does_not_confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject.name}（{self.handler}）"

    def get_username(self) -> str:
        """The name under which django-axes counts failed log-ins: never that of a member of staff."""
        return f"company:{self.login.lower()}"

    @property
    def username(self) -> str:
        """What the password rules of staff compare a password with."""
        return self.login

    @property
    def has_password(self) -> bool:
        """Whether it logs in here; an account of the unified login has no password of ours."""
        return bool(self.password) and is_password_usable(self.password)

    @property
    def password_is_due(self) -> bool:
        """Whether the password must be changed now, by the rule of staff (GB/T 22239-2019, 8.1.4.1)."""
        days, must = settings.PASSWORD_MAX_AGE_DAYS, self.must_change_password
        return (
            password_is_due(self.password_changed_at, timezone.now(), days=days, must_change=must) and self.has_password
        )

    @property
    def lapses_on(self) -> date:
        """The last day on which the application can be confirmed."""
        return lapses_on(timezone.localdate(self.applied_at))

    @property
    def actor_kind(self) -> str:
        return "company"

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_name(self) -> str:
        return f"{self.subject.name}（{self.handler}）"

    @property
    def department_id(self) -> int | None:
        return None

    @property
    def is_authenticated(self) -> bool:
        return self.state == AccountState.ACTIVE


class UsedPassword(models.Model):
    """Digest of a password that an account had; the last five may not come back."""

    account = models.ForeignKey(CompanyAccount, on_delete=models.CASCADE, related_name="used_passwords")
    encoded = models.CharField("密码摘要", max_length=128)
    used_at = models.DateTimeField("启用时间", default=timezone.now)

    class Meta:
        verbose_name = "用过的密码"
        verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"{self.account_id} {self.used_at:%Y-%m-%d}"
