"""Roles and which of them may meet in one person. Pure: no query, no clock, no settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta

from credit_platform.errors import Finding, Level

CLERK = "clerk"
REVIEWER = "reviewer"
WINDOW = "window"
CREDIT_OFFICE = "credit_office"
SYSTEM_ADMIN = "system_admin"
SECURITY_ADMIN = "security_admin"
AUDITOR = "auditor"

ROLE_LABELS = {
    CLERK: "录入员",
    REVIEWER: "审核员",
    WINDOW: "窗口人员",
    CREDIT_OFFICE: "信用办",
    SYSTEM_ADMIN: "系统管理员",
    SECURITY_ADMIN: "安全管理员",
    AUDITOR: "审计员",
}

# Business roles belong to a department; the three administrative hands are separate people (GB/T 22239-2019, 8.1.5).
BUSINESS_ROLES = (CLERK, REVIEWER, WINDOW, CREDIT_OFFICE)
ADMIN_ROLES = (SYSTEM_ADMIN, SECURITY_ADMIN, AUDITOR)

THREE_HANDS = "GB/T 22239-2019 8.1.5 安全管理中心"


def role_findings(roles: Collection[str], *, has_department: bool) -> list[Finding]:
    """What stands against one person holding these roles; an empty list means nothing does.

    The system, security and audit administrators exclude each other and every business role (GB/T 22239-2019, 8.1.5);
    a business role needs a department, because it decides whose records the person sees. The same rules are check
    constraints of the table.
    """
    findings = []
    unknown = sorted(set(roles) - set(ROLE_LABELS))
    if unknown:
        findings.append(Finding("roles.unknown", Level.ERROR, f"没有这样的角色：{'、'.join(unknown)}。", field="roles"))
    admin = [ROLE_LABELS[role] for role in ADMIN_ROLES if role in roles]
    if admin and len(set(roles)) > 1:
        findings.append(
            Finding(
                "roles.three-hands",
                Level.ERROR,
                f"{'、'.join(admin)}不得兼任其他角色。",
                mend="系统管理员、安全管理员、审计员须由三人分任，且不得兼任业务角色。",
                field="roles",
                article=THREE_HANDS,
            )
        )
    if not has_department and any(role in BUSINESS_ROLES for role in roles):
        findings.append(
            Finding(
                "roles.department", Level.ERROR, "业务角色必须属于一个部门。", mend="请先选择部门。", field="department"
            )
        )
    return findings


def folded_name(text: str) -> str:
    """A name of an account as it is counted: width and case do not tell two accounts apart, and neither do blanks around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def account_name(text: str) -> str:
    """The folded name to look an account up by, "" when it cannot be one: names are ASCII.

    A database that folds case takes the dotless i and the long s for the letters they look like; they never come that far.
    """
    name = folded_name(text)
    return name if name.isascii() else ""


PASSWORD_MIN_LENGTH = 10
PASSWORD_KINDS = 3
PASSWORDS_REMEMBERED = 5


def password_is_due(changed_at: datetime, now: datetime, *, days: int, must_change: bool) -> bool:
    """Whether a password must be changed before anything else: a first one, or one that is older than `days`."""
    return must_change or changed_at < now - timedelta(days=days)


def password_kinds(password: str) -> int:
    """How many of the four kinds (capital, small letter, digit, other sign) the password holds."""
    return sum(
        (
            any("A" <= sign <= "Z" for sign in password),
            any("a" <= sign <= "z" for sign in password),
            any("0" <= sign <= "9" for sign in password),
            any(not (sign.isascii() and sign.isalnum()) for sign in password),
        )
    )


def password_findings(password: str, username: str) -> list[Finding]:
    """What stands against a password: length, kinds of signs, the account's name in it (GB/T 22239-2019, 8.1.4.1)."""
    found = []
    if len(password) < PASSWORD_MIN_LENGTH:
        found.append(("password.short", f"密码至少 {PASSWORD_MIN_LENGTH} 位。"))
    if password_kinds(password) < PASSWORD_KINDS:
        found.append(("password.kinds", "密码须包含大写字母、小写字母、数字、其他符号中的至少三种。"))
    if username and username.casefold() in password.casefold():
        found.append(("password.username", "密码不得包含账号名。"))
    return [Finding(rule, Level.ERROR, text, field="password") for rule, text in found]
