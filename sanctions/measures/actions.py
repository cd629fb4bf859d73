"""The list of measures (联合奖惩措施清单): its editions on the kit of `credit_platform.editions`, and the fields of matters."""

from __future__ import annotations

from collections.abc import Sequence

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import Editions
from credit_platform.errors import refuse, required
from sanctions.measures import queries
from sanctions.measures.models import MatterField, MeasureEntry, MeasureList
from sanctions.measures.rules import MANAGE

LISTS = Editions(
    MeasureList,
    MeasureEntry,
    identity="measure",
    many="departments",
    permission=MANAGE,
    audit="sanctions.measures",
    audit_identity="sanctions.measure",
    code="measures",
    name="联合奖惩措施清单",
    what="措施",
    article="哈政办规〔2020〕12号第23项",
    facts=queries.FACTS,
    unsound=queries.against,
)


def save_field(code: str, name: str, *, by: Actor, matters: Sequence[str] = ()) -> MatterField:
    """A field of matters, new or changed; `matters` are codes of the power list that fall under it. System administrator, the platform."""
    with acting(by):
        policy.require(by, MANAGE)
        refuse(
            [
                *required(code, "code", "请填写领域代码。", rule="field.code"),
                *required(name, "name", "请填写领域名称。", rule="field.name"),
            ]
        )
        row = MatterField.objects.select_for_update().filter(code=code).first()
        verb, before = ("change", {"name": row.name, "matters": row.matters}) if row else ("add", {})
        row = row or MatterField(code=code)
        row.name, row.matters = name.strip(), sorted({each.strip() for each in matters if each.strip()})
        row.save()
        audit.record(
            f"sanctions.field.{verb}", row, by=by, before=before, after={"name": row.name, "matters": row.matters}
        )
    return row
