"""Passwords: the first one, the reset by the security administrator, and one's own change."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any, Protocol, cast

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone

from credit_platform.accounts import policy, rules
from credit_platform.accounts.actions.validation import refuse
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.accounts.rules.proposals import is_guarded
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused

# Without signs that are mistaken for each other on paper (0 O, 1 l I).
CAPITALS, SMALL, DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789"


def first_password() -> str:
    """A random password of 16 signs that meets the rules and can be read out."""
    groups = ["".join(secrets.choice(CAPITALS + SMALL + DIGITS) for _ in range(4)) for _ in range(3)]
    return "-".join([*groups, "".join(secrets.choice(kind) for kind in (CAPITALS, SMALL, DIGITS, DIGITS))])


class HasPassword(Protocol):
    """Whose passwords the rules are about: staff, and companies of the app above."""

    password: str
    used_passwords: Any

    @property
    def username(self) -> str: ...


def password_errors(password: str, whose: HasPassword | User, *, rule: str = "accounts.password") -> list[Finding]:
    """What AUTH_PASSWORD_VALIDATORS say (GB/T 22239-2019, 8.1.4.1), as findings at the field `password`."""
    try:
        password_validation.validate_password(password, cast(User, whose))  # they ask username and used_passwords
    except ValidationError as error:
        return [Finding(rule, Level.ERROR, text, field="password") for text in error.messages]
    return []


def keep_used(whose: HasPassword | User) -> None:
    """Keep the hash of the present password, and only the last five."""
    used = whose.used_passwords
    used.create(encoded=whose.password)
    stale = used.order_by("-id").values_list("id", flat=True)[rules.PASSWORDS_REMEMBERED :]
    used.filter(id__in=list(stale)).delete()


def require_one_hand(roles: Collection[str], by: Actor) -> None:
    """Conflict for one administrator alone at an account with an administrative hand or of the credit office; the platform itself may."""
    if by.actor_kind == "staff" and is_guarded(roles):
        raise Conflict(
            "accounts.two-hands",
            "系统管理员、安全管理员、审计员和信用办的账号，须由另一名管理员核准。",
            mend="请在账号页面提出事项。",
            article=rules.THREE_HANDS,
        )


def reset_password(user: User, *, by: Actor, reason: str = "") -> str:
    """Give somebody a new first password, shown once; it must be changed at log-in and ends open sessions.

    Needs accounts.manage; never one's own (that is `change_own_password`), nor a guarded account's (`proposals.propose`).
    """
    with acting(by):
        row = User.objects.select_for_update().get(pk=user.pk)
        policy.require(by, "accounts.manage")
        if by.actor_kind == "staff" and by.actor_id == row.pk:
            raise Forbidden("accounts.oneself", "不能重置本人的密码，请使用“修改密码”。", article=rules.THREE_HANDS)
        require_one_hand(row.roles, by)
        secret = first_password()
        write_password(row, secret, must_change=True)
        audit.record("accounts.reset_password", row, by=by, reason=reason)
    return secret


def change_own_password(user: User, *, by: User, old: str, new: str) -> User:
    """Change one's own password.

    Raises Refused when the old one is wrong or the new one is too weak, contains the user name, or is one of the last five.
    """
    with acting(by):
        row = User.objects.select_for_update().get(pk=user.pk)
        if by.pk != row.pk:
            raise Forbidden("accounts.password", "只能修改本人的密码。")
        if not row.check_password(old):
            raise Refused("accounts.password.old", "原密码不正确。")
        refuse("accounts.password", password_errors(new, row))
        write_password(row, new, must_change=False)
        audit.record("accounts.change_password", row, by=by)
    return row


def write_password(row: User, password: str, *, must_change: bool) -> None:
    """Set the password of a locked row and keep it among the used ones; the caller has checked it and leaves the audit entry."""
    row.set_password(password)
    row.must_change_password = must_change
    row.password_changed_at = timezone.now()
    row.save(update_fields=["password", "must_change_password", "password_changed_at"])
    keep_used(row)
