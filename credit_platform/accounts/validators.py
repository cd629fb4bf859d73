"""Password rules as Django's validators (GB/T 22239-2019, 8.1.4.1: complex, and changed from time to time)."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from credit_platform.accounts import rules
from credit_platform.accounts.models import User


class PasswordRules:
    """Length, kinds of signs, no user name in it."""

    def validate(self, password: str, user: User | None = None) -> None:
        found = rules.password_findings(password, user.username if user else "")
        if found:
            raise ValidationError([ValidationError(finding.text, code=finding.rule) for finding in found])

    def get_help_text(self) -> str:
        return (
            f"密码至少 {rules.PASSWORD_MIN_LENGTH} 位，包含大写字母、小写字母、数字、其他符号中的至少"
            f" {rules.PASSWORD_KINDS} 种，不得包含账号名。"
        )


class NotUsedBefore:
    """Not the present password and none of the last five."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        used = list(user.used_passwords.order_by("-id").values_list("encoded", flat=True)[: rules.PASSWORDS_REMEMBERED])
        if user.password not in used:
            used.append(user.password)
        if any(check_password(password, encoded) for encoded in used):
            raise ValidationError(f"不得与最近 {rules.PASSWORDS_REMEMBERED} 次使用过的密码相同。", code="password.used")

    def get_help_text(self) -> str:
        return f"不得与最近 {rules.PASSWORDS_REMEMBERED} 次使用过的密码相同。"
