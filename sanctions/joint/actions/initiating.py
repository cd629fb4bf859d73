"""发起: entries begin a joint action in their own transaction; by hand for those that stand without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casework.actions import open_case, step
from casework.actions.hearing import close
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, refuse, required
from sanctions.joint import rules
from sanctions.joint.models import JointAction, JointTarget
from sanctions.joint.rules import ACTION
from sanctions.lists.models import CreditList, ListEntry, ListEntryQuerySet
from sanctions.measures.queries import duties_for

CHUNK = 5000
BY_ENTRY = "列入名单，措施清单中有应由本市部门执行的措施。"


def begin_for(entries: Sequence[ListEntry], *, on: date) -> list[Case]:
    """Joint actions for entries that were just entered: one for each list and department that listed. The platform begins them.

    Nothing for a list that no measure of the edition in force names, and nothing for an entry that an action still has to push.
    """
    begun: dict[tuple[int, int], list[int]] = defaultdict(list)
    rows = not_waiting(ListEntry.objects.filter(pk__in=[each.pk for each in entries])).order_by("pk")
    for pk, credit_list, department in rows.values_list("pk", "credit_list_id", "record__source_department_id"):
        begun[credit_list, department].append(pk)
    lists = CreditList.objects.in_bulk({credit_list for credit_list, _ in begun})
    wanted = {pk for pk, each in lists.items() if duties_for(each.code, on)}
    departments = Department.objects.in_bulk({department for _, department in begun})
    return [
        _open(lists[of], departments[unit], found, reason=BY_ENTRY, by=SYSTEM, on=on)
        for (of, unit), found in begun.items()
        if of in wanted
    ]


def not_waiting(rows: ListEntryQuerySet) -> ListEntryQuerySet:
    """Those that no joint action has still to push."""
    open_ones = [rules.A.INITIATED.value, rules.A.PUSHING.value]
    return rows.filter(~Exists(JointTarget.objects.filter(entry=OuterRef("pk"), action__case__state__in=open_ones)))


def initiate(
    credit_list: CreditList, *, department: Department, reason: str, by: Actor, on: date | None = None
) -> Case:
    """A joint action by hand, for all entries in force of a list that a department listed: when the measures have a new edition.

    Lines that departments have already are not pushed again. Who: clerk or reviewer of the department, credit office. Refused without a
    reason, without a measure that somebody has to carry out, and when no entry stands. A second person pushes it.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.INITIATE, department)
        refuse(required(reason, "reason", "请写明发起事由。", rule="joint.reason", most=300))
        if not duties_for(credit_list.code, on):
            raise Refused("joint.no-measure", f"现行措施清单没有由“{credit_list}”触发、应由本市部门执行的措施。")
        rows = not_waiting(ListEntry.objects.listed(on).on_list(credit_list.code))
        found = list(rows.filter(record__source_department=department).order_by("pk").values_list("pk", flat=True))
        if not found:
            words = f"“{credit_list}”中没有{department.label}列入、可以发起联合奖惩的条目。"
            raise Refused("joint.no-entry", words)
        return _open(credit_list, department, found, reason=reason.strip(), by=by, on=on)


def withdraw(case: Case, *, reason: str, by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """Take an action back before it is pushed. Who may initiate one. Refused without a reason."""
    with step(ACTION, case, "withdraw", by=by, on=on, version=version) as at:
        close(at, reason=reason, words="请填写撤回理由。")
    return at.case


def _open(
    credit_list: CreditList, department: Department, entries: Sequence[int], *, reason: str, by: Actor, on: date
) -> Case:
    subject = ListEntry.objects.select_related("subject").get(pk=entries[0]).subject if len(entries) == 1 else None
    own = {"credit_list": credit_list, "reason": reason}
    case = open_case(ACTION, subject=subject, department=department, by=by, on=on, reason=reason, own=own)
    action = JointAction(pk=case.pk)
    targets = [JointTarget(action=action, entry_id=pk) for pk in entries]
    JointTarget.objects.bulk_create(targets, batch_size=CHUNK)
    return case
