"""The second factor of a member of staff: a secret shared with an authenticator, and codes for the day it is lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from credit_platform.accounts.models.staff import User


class SecondFactorQuerySet(models.QuerySet["SecondFactor"]):
    def confirmed(self) -> SecondFactorQuerySet:
        """Factors whose owner has shown a right code once: those that are asked for."""
        return self.filter(confirmed_at__isnull=False)


class SecondFactor(models.Model):
    """One person's authenticator (TOTP, RFC 6238). `secret` is sealed and bound to the person."""

    user = models.OneToOneField(User, verbose_name="账号", on_delete=models.CASCADE, related_name="second_factor")
    secret = models.BinaryField("密钥（加密）")
    begun_at = models.DateTimeField("开始登记时间", default=timezone.now)
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField("最近使用的时间步", default=0)

    objects = SecondFactorQuerySet.as_manager()

    class Meta:
        verbose_name = "动态口令"
        verbose_name_plural = "动态口令"

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """Digest of a code that stands in for the authenticator once."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField("恢复码摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "恢复码"
        verbose_name_plural = "恢复码"
        constraints: ClassVar = [models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.factor_id)
