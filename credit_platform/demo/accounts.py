"""Departments and accounts of the demonstration city."""

from __future__ import annotations

from credit_platform.accounts.actions.departments import add_department
from credit_platform.accounts.actions.staff import create_user
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, Role, User
from credit_platform.audit.context import acting
from credit_platform.demo.departments import DEPARTMENTS, department_code

PASSWORD = "Credit@Harbin2026"  # noqa: S105 - printed at every start of the demonstration, never used elsewhere
CITY_ACCOUNTS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("xyb", "信用办工作人员", (Role.CREDIT_OFFICE,), "yshjj"),
    ("xyb2", "信用办复核人员", (Role.CREDIT_OFFICE,), "yshjj"),
    ("xyb3", "信用办修复复核人员", (Role.CREDIT_OFFICE,), "yshjj"),
    ("xyb4", "信用办修复复核确认人员", (Role.CREDIT_OFFICE,), "yshjj"),
    ("ckry", "服务大厅窗口人员", (Role.WINDOW,), "yshjj"),
    ("xtgl", "系统管理员", (Role.SYSTEM_ADMIN,), ""),
    ("aqgl", "安全管理员", (Role.SECURITY_ADMIN,), ""),
    ("sjy", "审计员", (Role.AUDITOR,), ""),
)


def load_departments() -> dict[str, Department]:
    """The thirty departments, by code."""
    return {
        row.code: add_department(
            row.code,
            by=SYSTEM,
            name=row.name,
            short_name=row.short_name,
            district=row.district,
            level=row.level,
            uscc=department_code(position, row.district),
        )
        for position, row in enumerate(DEPARTMENTS, 1)
    }


def load_accounts(departments: dict[str, Department]) -> None:
    """A clerk and a reviewer in every department, and the accounts of the city. The password is the demonstration's own."""
    for code, department in departments.items():
        _account(f"{code}_lr", f"{department.short_name}录入员", (Role.CLERK,), department)
        _account(f"{code}_sh", f"{department.short_name}审核员", (Role.REVIEWER,), department)
    for username, full_name, roles, code in CITY_ACCOUNTS:
        _account(username, full_name, roles, departments.get(code))
    with acting(SYSTEM):
        User.objects.update(must_change_password=False)


def _account(username: str, full_name: str, roles: tuple[str, ...], department: Department | None) -> None:
    create_user(username, by=SYSTEM, full_name=full_name, roles=roles, department=department, password=PASSWORD)


def listing() -> list[tuple[str, str]]:
    """The accounts that a visitor of the demonstration tries first: user name and what it is for."""
    return [
        ("scjgj_lr", "市市场监管局 录入员"),
        ("scjgj_sh", "市市场监管局 审核员"),
        ("xyb", "市信用办"),
        ("ckry", "服务大厅窗口人员"),
        ("xtgl", "系统管理员（/admin/）"),
        ("aqgl", "安全管理员（/admin/）"),
        ("sjy", "审计员（/desk/audit/）"),
    ]
