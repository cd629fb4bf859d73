"""Who may do what: one table, asked by every action with `require` and by pages with `allows`.

A permission reads as a sentence ("disclosure.publish"). The apps above add theirs with `declare` in AppConfig.ready().
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from credit_platform.accounts import queries
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.accounts.rules import (
    AUDITOR,
    CLERK,
    CREDIT_OFFICE,
    REVIEWER,
    ROLE_LABELS,
    SECURITY_ADMIN,
    SYSTEM_ADMIN,
    WINDOW,
)
from credit_platform.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Grant:
    """Who holds one permission: roles for their own department's objects, roles for the whole city, API clients with a
    scope (own department's objects only), companies for what is their own (the action holds that it is), and the platform itself."""

    own: frozenset[str] = field(default_factory=frozenset)
    city: frozenset[str] = field(default_factory=frozenset)
    scope: str = ""
    system: bool = False
    company: bool = False


def grant(
    *,
    own: Iterable[str] = (),
    city: Iterable[str] = (),
    scope: str = "",
    system: bool = False,
    company: bool = False,
) -> Grant:
    """One line of the table; roles are checked, so that a typing error stops the start and not a clerk."""
    unknown = sorted((set(own) | set(city)) - set(ROLE_LABELS))
    if unknown:
        raise ImproperlyConfigured(f"unknown roles in a grant: {unknown}")
    return Grant(frozenset(own), frozenset(city), scope, system, company)


PERMISSIONS: dict[str, Grant] = {
    "records.enter": grant(own=[CLERK], scope="records.write", system=True),
    "records.import": grant(own=[CLERK], scope="records.write", system=True),
    "records.edit": grant(own=[CLERK], scope="records.write", system=True),
    "records.view": grant(own=[CLERK, REVIEWER, WINDOW], city=[CREDIT_OFFICE], scope="records.read", system=True),
    "records.view_shared": grant(city=[CLERK, REVIEWER, WINDOW, CREDIT_OFFICE], scope="records.read", system=True),
    "records.merge.propose": grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
    "records.merge.decide": grant(city=[CREDIT_OFFICE]),
    "records.person_number.see": grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
    "catalogue.manage": grant(city=[SYSTEM_ADMIN], system=True),
    "disclosure.submit": grant(own=[CLERK], scope="records.write", system=True),
    "disclosure.review": grant(own=[REVIEWER]),
    "disclosure.publish": grant(own=[REVIEWER], system=True),
    "disclosure.correct": grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
    "disclosure.withdraw": grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
    "disclosure.suspend": grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
    "disclosure.resume": grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
    "disclosure.end": grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
    "audit.read": grant(city=[AUDITOR]),
    # A second administrator beside who proposed: another of the two hands that administer.
    "accounts.confirm": grant(city=[SECURITY_ADMIN, SYSTEM_ADMIN]),
    "accounts.manage": grant(city=[SECURITY_ADMIN], system=True),
    "departments.manage": grant(city=[SYSTEM_ADMIN], system=True),
    "calendar.manage": grant(city=[SYSTEM_ADMIN], system=True),
    "apiclients.manage": grant(city=[SECURITY_ADMIN], system=True),
    "apiclients.pause": grant(city=[CREDIT_OFFICE]),
    "codetables.manage": grant(city=[SYSTEM_ADMIN], system=True),
    "statistics.view": grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
    "exports.make": grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
}


def declare(permissions: Mapping[str, Grant]) -> None:
    """Add the permissions of an app above. Declaring the same line twice is harmless; a different one is a mistake."""
    for name, line in permissions.items():
        if PERMISSIONS.setdefault(name, line) != line:
            raise ImproperlyConfigured(f"permission {name} is declared twice, differently")


def scopes() -> list[str]:
    """The scopes that an API client can be given."""
    return sorted({line.scope for line in PERMISSIONS.values() if line.scope})


def allows(by: object, permission: str, unit: Department | int | None = None) -> bool:
    """Whether an actor may do something to an object of the department `unit`.

    Without `unit`: whether the actor may do it at all, at least in the own department. A department counts as one's own
    also when one's department succeeded it. Somebody who is not an actor (an anonymous visitor) may nothing.
    Raises LookupError for a permission that nobody declared.
    """
    if permission not in PERMISSIONS:
        raise LookupError(f"nobody declared the permission {permission!r}")
    line = PERMISSIONS[permission]
    match by:
        case User():
            return by.is_active and _staff_allowed(by, line, unit)
        case ApiClient():
            held = bool(line.scope) and by.may_use(line.scope) and by.is_usable(timezone.now())
            return held and _is_own(by.department_id, unit)
        case OnBehalf():
            return line.system
        case Actor() if by.actor_kind == "system":
            return line.system
        case Actor() if by.actor_kind == "company":
            return line.company and bool(getattr(by, "is_authenticated", False))
    return False


def require(by: Actor, permission: str, unit: Department | int | None = None) -> None:
    """The first line of an action after its lock: nothing when `allows`, else Forbidden (HTTP 403)."""
    if not allows(by, permission, unit):
        if isinstance(by, ApiClient) and by.paused_at is not None:
            raise sharing_paused()
        raise Forbidden(
            "policy.forbidden",
            "您没有权限进行此项操作。",
            mend="如因工作需要，请联系本单位管理人员或安全管理员调整角色。",
        )


def sharing_paused() -> Forbidden:
    """What a client is told that may take nothing out for the time being."""
    return Forbidden(
        "policy.paused",
        "该客户端的数据共享已暂停。",
        mend="请按变更流更新已终止公示的信息并回执，再联系市信用办恢复。",
    )


def _staff_allowed(user: User, line: Grant, unit: Department | int | None) -> bool:
    roles = set(user.roles)
    return bool(roles & line.city) or (bool(roles & line.own) and _is_own(user.department_id, unit))


def _is_own(department_id: int | None, unit: Department | int | None) -> bool:
    if department_id is None:
        return False
    unit_id = unit.pk if isinstance(unit, Department) else unit
    if unit_id is None or unit_id == department_id:
        return True
    return unit_id in queries.own_department_ids(department_id, timezone.localdate())
