"""Staff accounts. A person's rights come from `roles` and `department` only: there are no groups and no superuser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from credit_platform.accounts import rules
from credit_platform.accounts.models.departments import Department

username_sign = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{1,49}\Z", "账号由字母、数字和 . _ - 组成，以字母或数字开头，2 至 50 位。"
)


class Role(models.TextChoices):
    """What somebody is here for. The last three are the separate administrative hands."""

    CLERK = rules.CLERK, rules.ROLE_LABELS[rules.CLERK]
    REVIEWER = rules.REVIEWER, rules.ROLE_LABELS[rules.REVIEWER]
    WINDOW = rules.WINDOW, rules.ROLE_LABELS[rules.WINDOW]
    CREDIT_OFFICE = rules.CREDIT_OFFICE, rules.ROLE_LABELS[rules.CREDIT_OFFICE]
    SYSTEM_ADMIN = rules.SYSTEM_ADMIN, rules.ROLE_LABELS[rules.SYSTEM_ADMIN]
    SECURITY_ADMIN = rules.SECURITY_ADMIN, rules.ROLE_LABELS[rules.SECURITY_ADMIN]
    AUDITOR = rules.AUDITOR, rules.ROLE_LABELS[rules.AUDITOR]


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        """Accounts that may log in."""
        return self.filter(is_active=True)

    def with_role(self, role: str) -> UserQuerySet:
        """Accounts that hold a role."""
        return self.filter(roles__contains=[role])


_WithQueries = BaseUserManager.from_queryset(UserQuerySet)


class UserManager(_WithQueries["User"]):  # type: ignore[valid-type]  # made by a call, which Django's plugin understands
    """`create_user` is for actions and tests; people are added by `accounts.actions.create_user`."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Case does not tell two accounts apart; a letter that only looks like one of ours never matches, nor does a NUL."""
        name = rules.account_name(username or "")
        if not name or "\x00" in name:
            raise self.model.DoesNotExist
        return self.get(username__iexact=name)


class User(AbstractBaseUser):
    """A member of staff; an Actor of kind "staff"."""

    username = models.CharField(
        "账号", max_length=50, unique=True, validators=[username_sign], error_messages={"unique": "该账号已存在。"}
    )
    full_name = models.CharField("姓名", max_length=60)
    department = models.ForeignKey(
        Department, verbose_name="部门", on_delete=models.PROTECT, null=True, blank=True, related_name="staff"
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), verbose_name="角色", default=list, blank=True
    )
    is_active = models.BooleanField("启用", default=True, help_text="停用的账号不能登录，历史记录保留。")
    must_change_password = models.BooleanField("下次登录须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", default=timezone.now)
    date_joined = models.DateTimeField("开立时间", default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        ordering: ClassVar = ["username"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("username"), name="user_name_is_unique_in_any_case", violation_error_message="该账号已存在。"
            ),
            models.CheckConstraint(
                condition=Q(roles__contained_by=list(rules.ROLE_LABELS)),
                name="user_roles_are_known",
                violation_error_message="没有这样的角色。",
            ),
            models.CheckConstraint(
                condition=~Q(roles__overlap=list(rules.ADMIN_ROLES)) | Q(roles__len=1),
                name="user_three_hands_are_separate",
                violation_error_message="系统管理员、安全管理员、审计员须由三人分任，且不得兼任业务角色。",
            ),
            models.CheckConstraint(
                condition=~Q(roles__overlap=list(rules.BUSINESS_ROLES)) | Q(department__isnull=False),
                name="user_business_role_has_department",
                violation_error_message="业务角色必须属于一个部门。",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def actor_kind(self) -> str:
        return "staff"

    @property
    def actor_id(self) -> int | None:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.full_name or self.username

    def has_role(self, *roles: str) -> bool:
        """Whether the person holds any of these roles."""
        return any(role in self.roles for role in roles)

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name or self.username

    # What Django's admin asks. The answers come from the policy; the import would close a circle at module level,
    # since the policy reads these models.
    @property
    def is_staff(self) -> bool:
        return self.is_active and self.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        from credit_platform.accounts import admin_rights

        return admin_rights.has_perm(self, perm)

    def has_perms(self, perm_list: Sequence[str], obj: object | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        from credit_platform.accounts import admin_rights

        return admin_rights.has_module_perms(self, app_label)


class UsedPassword(models.Model):
    """A former password, hashed, so that the last ones are not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="used_passwords")
    encoded = models.CharField(max_length=256)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "曾用密码"
        verbose_name_plural = "曾用密码"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"
