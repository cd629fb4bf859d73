"""Answers about departments: who does today what another did yesterday."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Q

from credit_platform.accounts.models import ApiClient, Department, DepartmentSuccession, User
from credit_platform.accounts.rules import CREDIT_OFFICE, SECURITY_ADMIN, SYSTEM_ADMIN

# UNION (not ALL) ends the walk even if somebody managed to enter a circle.
PREDECESSORS = """
WITH RECURSIVE own(id) AS (
    SELECT %s::bigint
    UNION
    SELECT s.predecessor_id
    FROM accounts_departmentsuccession s JOIN own ON s.successor_id = own.id
    WHERE s."on" <= %s
)
SELECT id FROM own
"""


def own_department_ids(department_id: int, on: date) -> frozenset[int]:
    """The department itself and all that it had succeeded by a day, directly or through a chain."""
    with connection.cursor() as cursor:
        cursor.execute(PREDECESSORS, [department_id, on])
        return frozenset(row[0] for row in cursor.fetchall())


def successor_of(department: Department, on: date) -> Department:
    """Who does on a day what `department` did; the department itself when nobody followed it by then.

    Follows chains of succession; an old record keeps the authority that decided it, statistics ask here.
    """
    followed = {
        row.predecessor_id: row for row in DepartmentSuccession.objects.filter(on__lte=on).select_related("successor")
    }
    current, seen = department, {department.pk}
    while (step := followed.get(current.pk)) and step.successor_id not in seen:
        current = step.successor
        seen.add(current.pk)
    return current


def successors(on: date) -> dict[int, int]:
    """For statistics: the department that answers on a day for each one that has been succeeded."""
    steps = dict(DepartmentSuccession.objects.filter(on__lte=on).values_list("predecessor_id", "successor_id"))
    answer = {}
    for start in steps:
        current, seen = start, {start}
        while current in steps and steps[current] not in seen:
            current = steps[current]
            seen.add(current)
        answer[start] = current
    return answer


def actors_called(name: str, limit: int = 200) -> dict[str, list[int]]:
    """The staff and the API clients whose account or name contains a text, as kind -> ids; at most `limit` of each."""
    staff = User.objects.filter(Q(full_name__icontains=name) | Q(username__icontains=name))
    clients = ApiClient.objects.filter(name__icontains=name)
    return {
        "staff": list(staff.values_list("pk", flat=True)[:limit]),
        "client": list(clients.values_list("pk", flat=True)[:limit]),
    }


def department_names(ids: Collection[int | None]) -> dict[int, str]:
    """Names of departments by id, for pages that hold ids only."""
    found = Department.objects.filter(pk__in={number for number in ids if number is not None})
    return {department.pk: department.label for department in found}


def credit_office() -> Department | None:
    """The department of the credit office: where its people are; None where nobody holds that role."""
    rows = User.objects.active().with_role(CREDIT_OFFICE).filter(department__isnull=False)
    first = rows.select_related("department").order_by("pk").first()
    return first.department if first else None


def two_can_act() -> bool:
    """Whether one administrator can propose account matters and another confirm them."""
    proposing = User.objects.active().with_role(SECURITY_ADMIN)
    confirming = User.objects.active().filter(roles__overlap=[SECURITY_ADMIN, SYSTEM_ADMIN])
    return proposing.exists() and confirming.count() > 1
