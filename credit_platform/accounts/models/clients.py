"""API clients: other systems that push records or ask for a credit check on behalf of a department."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from credit_platform.accounts.models.departments import Department

KEY_PREFIX_LENGTH = 12
REPORTING = ".write"
"""How scopes end by which a department reports to the platform: its duty, whatever became of sharing."""


def hash_key(key: str) -> str:
    """SHA-256 of a key. The key has 256 random bits, so a slow hash would add time and no safety."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    def usable(self, now: datetime) -> ApiClientQuerySet:
        """Neither revoked nor expired at a moment."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)

    def with_key(self, key: str, now: datetime) -> ApiClient | None:
        """The usable client that holds this key, or None; compared in constant time."""
        if not key.isascii() or "\x00" in key:
            return None
        client = self.usable(now).select_related("department").filter(prefix=key[:KEY_PREFIX_LENGTH]).first()
        if client is None or not hmac.compare_digest(client.key_hash, hash_key(key)):
            return None
        return client


class ApiClient(models.Model):
    """A system with a key; an Actor of kind "client". The key itself is shown once and never stored."""

    name = models.CharField("名称", max_length=100, unique=True)
    department = models.ForeignKey(
        Department, verbose_name="所属部门", on_delete=models.PROTECT, related_name="api_clients"
    )
    prefix = models.CharField("密钥前缀", max_length=KEY_PREFIX_LENGTH, unique=True)
    key_hash = models.CharField("密钥摘要", max_length=64)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name="权限范围", default=list, blank=True)
    rate_per_minute = models.PositiveIntegerField("每分钟次数上限", default=600)
    created_at = models.DateTimeField("签发时间", default=timezone.now)
    expires_at = models.DateTimeField("到期时间", null=True, blank=True)
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    paused_at = models.DateTimeField("暂停共享时间", null=True, blank=True)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        verbose_name = "接口客户端"
        verbose_name_plural = "接口客户端"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rate_per_minute__gt=0),
                name="api_client_rate_is_positive",
                violation_error_message="每分钟次数上限须大于 0。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_kind(self) -> str:
        return "client"

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name

    def may_use(self, scope: str) -> bool:
        """Whether it holds a scope that works now: while sharing is paused it may still report, and take nothing out."""
        return scope in self.scopes and (self.paused_at is None or scope.endswith(REPORTING))

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)
