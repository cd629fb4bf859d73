"""System checks: `check --database default` and `migrate` tell what would stop the work of a department."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from credit_platform.accounts import admin_rights, policy, queries
from credit_platform.accounts.models import Department, Role, User


@register()
def admin_models_hang_on_a_permission(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(
            f"{label} hangs on the permission {permission!r}, which nobody declared.",
            hint="policy.declare() it in AppConfig.ready().",
            id="accounts.E001",
        )
        for label, permission in sorted(admin_rights.ADMIN_MODELS.items())
        if permission not in policy.PERMISSIONS
    ]


@register(Tags.database)
def departments_can_review(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases or not _tables_are_there():
        return []
    active = User.objects.active()
    entering = active.with_role(Role.CLERK).values("department_id")
    reviewing = active.with_role(Role.REVIEWER).values("department_id")
    lacking = Department.objects.filter(pk__in=entering).exclude(pk__in=reviewing)
    return [
        Warning(
            f"部门“{department.name}”有录入员而没有审核员，其信息无法公示。",
            hint="请安全管理员为该部门设置审核员。",
            id="accounts.W001",
        )
        for department in lacking
    ]


@register(Tags.database)
def the_three_hands_are_there(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases or not _tables_are_there() or not User.objects.exists():
        return []
    hands = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
    return [
        Warning(f"没有启用的{hand.label}。", hint="manage.py open_account 可开立第一批管理账号。", id="accounts.W002")
        for hand in hands
        if not User.objects.active().with_role(hand).exists()
    ]


@register(Tags.database)
def two_administrators_can_act(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases or not _tables_are_there() or not User.objects.exists() or queries.two_can_act():
        return []
    text = "没有两名能互相核准的管理员，管理类账号和信用办账号无法开立、重置。"
    return [Warning(text, hint="manage.py open_account 可开立第一批管理账号。", id="accounts.W003")]


def _tables_are_there() -> bool:
    """False before the first migration and while the database is away; both say so themselves."""
    connection = connections["default"]
    try:
        return User._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return False
