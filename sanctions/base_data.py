"""The lists, and the measures that hang on them, of an installation that has none. What an administrator has written is never touched."""

from __future__ import annotations

from typing import Any

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from disclosure.models import RuleSet
from disclosure.rules.values import LIST
from sanctions.lists import actions
from sanctions.lists.models import CreditList
from sanctions.lists.start_lists import LISTS
from sanctions.measures import base_data as measures


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese. Departments that are entered later are found when it is run again."""
    with acting(SYSTEM):
        departments = {each.short_name: each for each in Department.objects.filter(is_external=False)}
        known = {row.code: row for row in CreditList.objects.filter(valid_until__isnull=True)}
        made = sum(_one(position, given, departments, known) for position, given in enumerate(LISTS, 1))
        _leads(known, departments)
        # The terms that were rows of the periods before there were lists; the lists tell them now.
        RuleSet.objects.filter(code="LIST", channel=LIST).delete()
    return [*([f"名单 {made} 个"] if made else []), *measures.load()]


def _one(
    position: int, given: dict[str, Any], departments: dict[str, Department], known: dict[str, CreditList]
) -> bool:
    if given["code"] in known or CreditList.objects.filter(code=given["code"]).exists():
        return False
    values = {name: value for name, value in given.items() if name != "since"}
    values |= {"department": departments.get(str(given["department"])), "position": position}
    row = actions.save_list(values, by=SYSTEM)
    if given["since"]:
        actions.put_in_force(row, since=given["since"], by=SYSTEM, reason="平台初始化")
    return True


def _leads(known: dict[str, CreditList], departments: dict[str, Department]) -> None:
    """The lead of a list that was loaded before its department was entered."""
    for given in LISTS:
        row, lead = known.get(str(given["code"])), departments.get(str(given["department"]))
        if row is not None and row.department_id is None and lead is not None:
            actions.save_list({"department": lead}, by=SYSTEM, row=row)
