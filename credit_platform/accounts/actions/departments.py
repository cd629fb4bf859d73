"""Departments: added, renamed, closed, and succeeded by another. An old record keeps the authority that decided it."""

from __future__ import annotations

from datetime import date
from typing import Any

from credit_platform.accounts import policy, queries
from credit_platform.accounts.actions.validation import check, insert, refuse
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department, DepartmentSuccession
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused

EDITABLE = (
    "uscc",
    "name",
    "short_name",
    "district",
    "level",
    "is_external",
    "valid_from",
    "valid_until",
    "parent",
)


def add_department(code: str, *, by: Actor, name: str, **fields: Any) -> Department:
    """Enter a department; `fields` are those of EDITABLE. Needs departments.manage.

    Raises Refused for a code or unified social credit code that is taken or not well-formed, and for dates in wrong order.
    """
    with acting(by):
        policy.require(by, "departments.manage")
        department = Department(code=code.strip().lower(), name=name.strip(), **_editable(fields))
        check(department, "departments.department")
        insert(department, "departments.department")
        audit.record("departments.add", department, by=by, after=_values(department, ["code", "name", *fields]))
    return department


def update_department(department: Department, *, by: Actor, reason: str = "", **changes: Any) -> Department:
    """Change fields of EDITABLE; the code stays for good. Needs departments.manage. Raises Refused as `add_department`."""
    with acting(by):
        row = Department.objects.select_for_update().get(pk=department.pk)
        policy.require(by, "departments.manage")
        before = _values(row, changes)
        for name, value in _editable(changes).items():
            setattr(row, name, value)
        _refuse_circle_of_parents(row)
        check(row, "departments.department")
        after = _values(row, changes)
        changed = [name for name in changes if before[name] != after[name]]
        if changed:
            row.save(update_fields=changed)
            audit.record(
                "departments.update",
                row,
                by=by,
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
                reason=reason,
                unit_id=row.pk,
            )
    return row


def close_department(department: Department, *, by: Actor, on: date, reason: str = "") -> Department:
    """Say the last day of a department. Needs departments.manage. Raises Conflict when it has one, Refused for a day
    before its first."""
    with acting(by):
        row = Department.objects.select_for_update().get(pk=department.pk)
        policy.require(by, "departments.manage")
        if row.valid_until is not None:
            raise Conflict("departments.closed", f"该部门已登记于 {row.valid_until:%Y-%m-%d} 撤销。")
        row.valid_until = on
        check(row, "departments.department")
        row.save(update_fields=["valid_until"])
        audit.record("departments.close", row, by=by, after={"valid_until": on}, reason=reason, unit_id=row.pk)
    return row


def succeed_department(
    predecessor: Department, *, successor: Department, on: date, by: Actor, note: str = ""
) -> DepartmentSuccession:
    """From `on`, `successor` does what `predecessor` did. Needs departments.manage.

    Raises Refused when both are the same, when it would close a circle, or when a successor is entered already.
    """
    with acting(by):
        # One order for both locks, so that two desks entering opposite successions cannot wait for each other.
        list(Department.objects.select_for_update().filter(pk__in=[predecessor.pk, successor.pk]).order_by("pk"))
        policy.require(by, "departments.manage")
        if queries.successor_of(successor, date.max) == predecessor:
            raise Refused("departments.circle", "承接关系不能首尾相接。")
        row = DepartmentSuccession(predecessor=predecessor, successor=successor, on=on, note=note.strip())
        check(row, "departments.succession")
        insert(row, "departments.succession")
        after = {"predecessor": predecessor.code, "successor": successor.code, "on": on}
        audit.record("departments.succeed", row, by=by, after=after, reason=note, unit_id=predecessor.pk)
    return row


def _editable(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(fields) - set(EDITABLE))
    if unknown:
        raise TypeError(f"not a field that may be written here: {unknown}")
    # An empty code is no code: two departments without one do not collide.
    return {name: (value or None) if name == "uscc" else value for name, value in fields.items()}


def _values(department: Department, names: Any) -> dict[str, Any]:
    return {name: department.parent_id if name == "parent" else getattr(department, name) for name in names}


def _refuse_circle_of_parents(row: Department) -> None:
    parents = dict(Department.objects.values_list("pk", "parent_id"))
    seen, above = {row.pk}, row.parent_id
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    if above is not None:
        refuse("departments.parents", [Finding("parents", Level.ERROR, "上级部门不能首尾相接。", field="parent")])
