"""The lists, and the measures that hang on them, of an installation that has none. What an administrator has written is never touched."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.models import ClockProfile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from disclosure.models import RuleSet
from disclosure.rules.values import LIST
from sanctions.joint import rules as joint
from sanctions.lists import actions
from sanctions.lists.models import CreditList
from sanctions.lists.start_lists import LISTS
from sanctions.measures import base_data as measures
from sanctions.national import rules as national

DAYS_SINCE = date(2020, 10, 16)
"""The day of the plan."""


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese. Departments that are entered later are found when it is run again."""
    with acting(SYSTEM):
        departments = {each.short_name: each for each in Department.objects.filter(is_external=False)}
        known = {row.code: row for row in CreditList.objects.filter(valid_until__isnull=True)}
        made = sum(_one(position, given, departments, known) for position, given in enumerate(LISTS, 1))
        _leads(known, departments)
        # The terms that were rows of the periods before there were lists; the lists tell them now.
        RuleSet.objects.filter(code="LIST", channel=LIST).delete()
        return [*([f"名单 {made} 个"] if made else []), *measures.load(), *_days()]


def _days() -> list[str]:
    """The working days of joint action and of national events, as rows that somebody may change: the plan asks for deadlines and names none."""
    promised = [
        *(
            (joint.TASK, stage, days, joint.ARTICLE)
            for stage, days in joint.DAYS.items()
            if stage != joint.Stage.LIFTING
        ),
        (joint.LIFTING, joint.Stage.LIFTING, joint.DAYS[joint.Stage.LIFTING], joint.ARTICLE),
        *((national.EVENT, stage, days, national.ARTICLE) for stage, days in national.DAYS.items()),
    ]
    made = 0
    for procedure, stage, days, article in promised:
        named = {"procedure": procedure.slug, "profile": "default", "stage": stage.value}
        if not ClockProfile.objects.filter(**named).exists():
            basis = f"{article}（天数由市信用办确定）"
            ClockProfile.objects.create(**named, days=days, basis=basis, valid_from=DAYS_SINCE)
            made += 1
    return [f"办理时限 {made} 项"] if made else []


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
