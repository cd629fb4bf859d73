"""Shares by tier and caps by year, as the system administrator writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.actions import as_kept
from credit_platform.errors import at_field, refuse, required
from supervision.inspections.items.rules import shares
from supervision.inspections.plans.models import FrequencyCap, ShareRow

MANAGE = "inspections.rows.manage"


def save_share(values: Mapping[str, Any], *, by: Actor, row: ShareRow | None = None) -> ShareRow:
    """A share of a tier, new or changed. Refused with findings at the fields of what is no share, and without a basis."""
    with acting(by):
        policy.require(by, MANAGE)
        made = row or ShareRow()
        before = {name: getattr(made, name) for name in values} if made.pk else {}
        for name, value in values.items():
            setattr(made, name, value)
        refuse(
            [
                *shares.against(made.rule, made.share_low, made.share_high),
                *required(made.basis, "basis", "请填写比例的依据。", rule="share.basis"),
            ]
        )
        made.save()
        audit.record(
            "inspections.share.save", made, by=by, before=as_kept(before), after=as_kept(values), basis=made.basis
        )
    return made


def save_cap(values: Mapping[str, Any], *, by: Actor, row: FrequencyCap | None = None) -> FrequencyCap:
    """A cap of a year, new or changed (国办发〔2024〕54号). Refused when it names two of authority, level and field, and without a basis."""
    with acting(by):
        policy.require(by, MANAGE)
        made = row or FrequencyCap()
        before = {name: getattr(made, name) for name in values} if made.pk else {}
        for name, value in values.items():
            setattr(made, name, value)
        found = list(required(made.basis, "basis", "请填写上限的依据。", rule="cap.basis"))
        if sum(map(bool, (made.department_id, made.level, made.field))) > 1:
            found.append(
                at_field("cap.kind", "department", "检查主体、层级、监管领域只填一项；都不填的是各检查主体合计的上限。")
            )
        refuse(found)
        made.save()
        audit.record(
            "inspections.cap.save", made, by=by, before=as_kept(before), after=as_kept(values), basis=made.basis
        )
    return made
