"""A workbook becomes the content of a draft: all of it or nothing, and only what was previewed."""

from __future__ import annotations

from collections.abc import Sequence

from commitments.actions.matters import MANAGE, remove_entry, save_entry
from commitments.models import Matter, MatterList
from commitments.rules.states import LIST_LABELS, LIST_MOVES, ListState, next_state
from commitments.workbook.columns import Known
from commitments.workbook.plan import Plan, plan
from commitments.workbook.read import Given
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict


def take(edition: MatterList, rows: Sequence[Given], *, by: Actor, seen: str) -> Plan:
    """Bring a draft to what the rows say: add, change, and remove what they no longer hold. Who: system administrator.

    `seen` is the stamp of the previewed plan: Conflict when the draft has changed since, or is no draft any more.
    """
    with acting(by):
        policy.require(by, MANAGE)
        row = MatterList.objects.select_for_update().get(pk=edition.pk)
        next_state(LIST_MOVES, LIST_LABELS, ListState(row.state), "edit")
        made = plan(row, rows)
        if made.stamp != seen:
            raise Conflict("matters.changed", "预览之后清单又有修改，没有导入。", mend="请重新上传并预览。")
        known = Known()
        for each in [*made.added, *(given for given, _ in made.changed)]:
            chosen = None if each.measures is None else [known.measures[code] for code in each.measures]
            save_entry(row, _matter(each, by), each.values, by=by, measures=chosen)
        for entry in made.removed:
            remove_entry(entry, by=by, reason="导入的清单文件中没有该事项")
        counts = {"added": len(made.added), "changed": len(made.changed), "removed": len(made.removed)}
        audit.record("commitments.list.upload", row, by=by, after=counts)
    return made


def _matter(given: Given, by: Actor) -> Matter:
    matter, made = Matter.objects.get_or_create(code=given.code, defaults={"name": given.title})
    if made:
        audit.record("commitments.matter.add", matter, by=by, after={"code": matter.code, "name": matter.name})
    return matter
