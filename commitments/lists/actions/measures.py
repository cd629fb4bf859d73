"""The list of measures that may follow a breach (违背承诺惩戒措施清单)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commitments.lists.actions.matters import MANAGE
from commitments.lists.models import Measure
from commitments.lists.rules.measures import ARTICLE
from commitments.rules.kinds import MeasureKind
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import as_kept
from credit_platform.errors import Refused, at_field


def save_measure(values: Mapping[str, Any], *, by: Actor) -> Measure:
    """Add a measure to the list, or change the one of the same `code`; each has its legal basis (国办发〔2020〕49号).

    Refused without a basis, and for a bar without its months.
    """
    with acting(by):
        policy.require(by, MANAGE)
        row = Measure.objects.select_for_update().filter(code=values["code"]).first() or Measure(code=values["code"])
        before = {name: getattr(row, name) for name in values} if row.pk else {}
        for name, value in values.items():
            setattr(row, name, value)
        found = []
        if not row.basis.strip():
            found.append(at_field("measure.basis", "basis", "请填写法律依据：清单以外或没有依据的措施不得采取。"))
        if row.kind == MeasureKind.BAR and not row.months:
            found.append(at_field("measure.months", "months", "期限内不再适用告知承诺的措施须填写月数。"))
        if found:
            raise Refused("measure.unsound", "措施不完整，未保存。", article=ARTICLE, findings=found)
        row.save()
        audit.record(
            "commitments.measure.save", row, by=by, before=as_kept(before), after=as_kept(values), basis=row.basis
        )
    return row
